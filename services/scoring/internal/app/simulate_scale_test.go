package app_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/access"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// TestSimulate_reads_no_answers_on_another_scale has sums that the answers of both scales can give.
func TestSimulate_reads_no_answers_on_another_scale(t *testing.T) {
	t.Parallel()
	ctx := access.Trusted(t.Context())
	def := rulesOf(t, law2021).Definition()
	def.Survey.AnswerMax, def.Survey.Bands = 5, slices.Clone(def.Survey.Bands)
	def.Survey.Bands[len(def.Survey.Bands)-1].To = dec("125")
	wide, err := domain.NewPack(def, "wide")
	if err != nil {
		t.Fatal(err)
	}
	facts := func(raters int64) domain.Input {
		in := tried()
		for i := range in.Segments {
			in.Segments[i].Survey = survey(20, 60)
			in.Segments[i].Panels = []domain.Panel{{Group: domain.GroupPeers, Count: raters, Questions: 7, Sum: raters * 7 * 3}}
		}
		return in
	}
	const peers = ": jawaban rekan kerja tidak sesuai dengan pilihan jawaban menurut paket aturan ini."
	const asked = ": hasil survei kepuasan masyarakat tidak sesuai dengan unsur atau pilihan jawaban menurut paket aturan ini."
	changed := app.Changes{
		RulePack: law2021, Survey: survey(20, 100), Panels: []domain.Panel{{Group: domain.GroupPeers, Count: 4, Questions: 7, Sum: 190}},
	}
	cases := []struct {
		name     string
		raters   int64
		segments int64
		changes  app.Changes
		want     []string
	}{
		{"as_they_are", 4, 2, app.Changes{RulePack: law2021}, []string{
			"Penugasan ke-1" + peers, "Penugasan ke-1" + asked, "Penugasan ke-2" + peers, "Penugasan ke-2" + asked,
		}},
		{"of_the_last_plan_others", 4, 2, changed, []string{"Penugasan ke-1" + peers, "Penugasan ke-1" + asked}},
		{"all_of_them_others", 4, 1, changed, nil},
		{"of_so_few_that_they_are_not_read", 2, 1, app.Changes{RulePack: law2021, Survey: survey(20, 100)}, nil},
		{"on_the_same_scale", 4, 2, app.Changes{RulePack: marelan}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in := facts(c.raters)
			in.Segments = in.Segments[:c.segments]
			for i := range in.Segments {
				in.Segments[i].Plan.Months = 12 / c.segments
			}
			show, _ := keptBy(t, rulePack, in, func(*domain.Score) {})
			show.Packs = byName{rulePack: rulesOf(t, rulePack), law2021: wide, marelan: rulesOf(t, marelan)}
			_, err := show.Simulate(ctx, period, "ani", c.changes)
			var got []string
			f, refused := fault.As(err)
			if refused {
				for _, v := range f.Violations {
					got = append(got, v.Local())
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" || (len(c.want) > 0 && f.Reason != fault.ReasonRulePackMisfit) || (len(c.want) == 0 && err != nil) {
				t.Errorf("%v, violations (-want +got):\n%s", err, diff)
			}
		})
	}
}
