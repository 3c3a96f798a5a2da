package decision_test

import (
	"errors"
	"testing"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

func TestPropose_decides_once_about_what_is_objected_to(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, reference string
		used            []string
		refused         bool
	}{
		{"nothing_was_corrected", "KEB-7", nil, false},
		{"on_another_ground", "KEB-7", []string{"KEB-77", "KEB"}, false},
		{"on_the_same_ground", "KEB-7", []string{"KEB-1", "KEB-7"}, true},
		{"on_the_same_ground_in_other_letters", " keb-7 ", []string{"KEB-7"}, true},
		{"without_a_ground", "", []string{"KEB-7"}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, correction := at(domain.StateComplete, final(false)), content(decision.KindCorrection)
			s.References, correction.Reference = c.used, c.reference
			_, err := decision.Propose(s, correction, superior, now)
			if errors.Is(err, decision.ErrReference) != c.refused || (err != nil) != c.refused {
				t.Fatalf("error is %v", err)
			}
			correction.Reason = ""
			_, err = decision.Propose(s, correction, superior, now)
			fields, _ := errors.AsType[decision.FieldErrors](err)
			if c.refused && (len(fields) != 2 || fields[0].Field != "reason" || fields[1].Field != "reference") {
				t.Fatalf("wrong are %v", fields)
			}
		})
	}
	t.Run("by_corrections_alone", func(t *testing.T) {
		t.Parallel()
		s := at(domain.StateComplete, nil)
		s.References = []string{"KEB-7"}
		_, err := decision.Propose(s, content(decision.KindOverride), superior, now)
		if err != nil {
			t.Fatal(err)
		}
	})
}
