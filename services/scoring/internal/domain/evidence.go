package domain

import (
	"strconv"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// peers computes the mean answer of peers, as evidence of behaviour. Below the pack's minimum nothing is recorded, not
// even their number, so that nobody can be told apart.
func (c *computation) peers() error {
	peers, terms := c.in.Peers, c.pack.def.Peers
	if peers == nil || peers.Count < terms.Minimum {
		c.missing(InputPeers)
		return nil
	}
	c.trace.input(TraceInput{ID: idPeersCount, Value: strconv.FormatInt(peers.Count, 10), Label: "Jumlah rekan kerja yang menjawab"})
	c.trace.input(TraceInput{ID: idPeersSum, Value: strconv.FormatInt(peers.Sum, 10), Label: "Jumlah semua jawaban rekan kerja"})
	mean, err := num.QuoHalfUp(num.Int(peers.Sum), num.Int(peers.Count*terms.Values), c.pack.places(RulePeersMean))
	if err != nil {
		return err
	}
	c.step(idPeersMean, RulePeersMean, mean.String(), idPeersSum, idPeersCount)
	return nil
}

// attendance computes the percentage of days present, as evidence of discipline.
func (c *computation) attendance() error {
	a := c.in.Attendance
	if a == nil {
		c.missing(InputAttendance)
		return nil
	}
	c.trace.input(TraceInput{idPresentDays, strconv.FormatInt(a.PresentDays, 10), "Hari hadir", a.Source})
	c.trace.input(TraceInput{idWorkingDays, strconv.FormatInt(a.WorkingDays, 10), "Hari kerja", a.Source})
	percent, err := normal(num.Int(a.PresentDays), num.Int(a.WorkingDays), c.pack.places(RuleAttendancePresent))
	if err != nil {
		return err
	}
	c.step(idPresentPercent, RuleAttendancePresent, percent.String(), idPresentDays, idWorkingDays)
	return nil
}
