// Package spelling guesses which word somebody meant who wrote another.
package spelling

// longest bounds the words that are compared, in bytes.
const longest = 64

// Nearest returns the known word that takes the fewest insertions, deletions and replacements of bytes to become the given
// one, the first of several; empty when every one takes more than half of the given one's length. Words of more than 64
// bytes are like no other.
func Nearest(word string, known []string) string {
	best, distance := "", len(word)/2+1
	for _, candidate := range known {
		d := edits(word, candidate)
		if d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// edits counts the insertions, deletions and replacements that make one text of another.
func edits(a, b string) int {
	if len(a) > longest || len(b) > longest {
		return longest
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
