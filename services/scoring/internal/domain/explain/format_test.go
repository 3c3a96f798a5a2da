package explain

import "testing"

func TestNumber(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"0":               "0",
		"12.50":           "12,50",
		"999":             "999",
		"1320":            "1.320",
		"-20.0000":        "−20,0000",
		"123456789012.12": "123.456.789.012,12",
		"":                "",
		"guru":            "guru",
		"3 guru":          "3 guru",
		"B":               "B",
	}
	for given, want := range cases {
		if got := number(given); got != want {
			t.Errorf("number(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	cases := map[string][]string{"": nil, "a": {"a"}, "a dan b": {"a", "b"}, "a, b, dan c": {"a", "b", "c"}}
	for want, given := range cases {
		if got := list(given); got != want {
			t.Errorf("list(%v) = %q, want %q", given, got, want)
		}
	}
}
