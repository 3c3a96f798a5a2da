package sqlkit

import "testing"

func Test_placeholders_lose_their_numbers_only_where_that_changes_nothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ query, want string }{
		"in_order":        {"INSERT INTO t (a, b) VALUES ($1,$2),($3,$4) ON CONFLICT DO NOTHING", "INSERT INTO t (a, b) VALUES (?,?),(?,?) ON CONFLICT DO NOTHING"},
		"to_the_end":      {"SELECT a FROM t WHERE b = $1", "SELECT a FROM t WHERE b = ?"},
		"none":            {"SELECT a FROM t", "SELECT a FROM t"},
		"twice":           {"SELECT a FROM t WHERE b = $1 OR $1 = 0", "SELECT a FROM t WHERE b = $1 OR $1 = 0"},
		"out_of_order":    {"SELECT a FROM t WHERE b = $2 AND c = $1", "SELECT a FROM t WHERE b = $2 AND c = $1"},
		"a_longer_number": {"SELECT a FROM t WHERE b = $10", "SELECT a FROM t WHERE b = $10"},
		"not_a_number":    {"SELECT $name", "SELECT $name"},
		"in_a_text":       {"SELECT a FROM t WHERE b = '$1'", "SELECT a FROM t WHERE b = '$1'"},
		"with_a_question": {"SELECT a FROM t WHERE b = ? AND c = $1", "SELECT a FROM t WHERE b = ? AND c = $1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := unnumbered(c.query)
			if got != c.want {
				t.Fatalf("got %q, want %q", got, c.want)
			}
		})
	}
}
