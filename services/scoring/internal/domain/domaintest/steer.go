package domaintest

import "math/rand/v2"

// Steered returns the random numbers of a seed, of which each byte turns one into another. So a fuzzer that changes a byte
// changes one thing that is drawn, and what is drawn is valid whatever the bytes are.
func Steered(seed uint64, bytes []byte) *rand.Rand {
	return rand.New(&steered{PCG: rand.NewPCG(seed, 0), rest: bytes})
}

type steered struct {
	*rand.PCG
	// rest is what no number has been turned by yet.
	rest []byte
}

// Uint64 turns all bits, since a draw uses the highest or the lowest.
func (s *steered) Uint64() uint64 {
	n := s.PCG.Uint64()
	if len(s.rest) == 0 {
		return n
	}
	n ^= uint64(s.rest[0]) * 0x0101_0101_0101_0101
	s.rest = s.rest[1:]
	return n
}
