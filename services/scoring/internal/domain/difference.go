package domain

import "strconv"

// Difference is one field of the result, or one input of the trace, that two results do not share.
type Difference struct {
	// ID is that of the field or of the input, Label says in Indonesian what it is.
	ID, Label string
	// Before and After are its values; empty where it is not there.
	Before, After string
}

// Differences returns what differs between two results of one person: the fields first, then the inputs in the order of the
// traces, by their ids in the later one; see Trace.Beside. Sources and steps are left out, because they follow.
func Differences(before, after *Result) []Difference {
	var all []Difference
	add := func(id, label, b, a string) {
		if b != a {
			all = append(all, Difference{ID: id, Label: label, Before: b, After: a})
		}
	}
	add("rule_pack", "Paket aturan", before.RulePack, after.RulePack)
	add("state", "Status nilai", string(before.State), string(after.State))
	add("predicate", "Predikat kinerja pegawai", string(before.Predicate), string(after.Predicate))
	add("result_rating", "Rating hasil kerja yang berlaku", string(before.ResultRating), string(after.ResultRating))
	add("behavior_rating", "Rating perilaku kerja yang berlaku", string(before.BehaviorRating), string(after.BehaviorRating))
	add("suggested_rating", "Rating hasil kerja yang disarankan", string(before.Suggestion), string(after.Suggestion))
	add("value", "Nilai", before.Value, after.Value)
	add("achievement", "Capaian rencana kinerja", before.Achievement, after.Achievement)
	add("survey_index", "Indeks kepuasan masyarakat", before.SurveyIndex, after.SurveyIndex)
	add("segments", "Jumlah penugasan", count(before.Segments), count(after.Segments))
	add("credit", "Angka kredit", before.Credit, after.Credit)

	old, _ := before.Trace.Beside(&after.Trace)
	current := after.Trace.Inputs()
	was := make(map[string]string, len(old))
	for _, in := range old {
		was[in.ID] = in.Value
	}
	is := make(map[string]bool, len(current))
	for _, in := range current {
		is[in.ID] = true
		add(in.ID, in.Label, was[in.ID], in.Value)
	}
	for _, in := range old {
		if !is[in.ID] {
			add(in.ID, in.Label, in.Value, "")
		}
	}
	return all
}

func count(n int64) string { return strconv.FormatInt(n, 10) }
