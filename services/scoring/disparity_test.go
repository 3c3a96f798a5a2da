package scoring_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// grouped is what a test reads of a dimension: the labels of each group with its people, and why there are none.
type grouped struct {
	Label  string
	Groups map[string]int32
	Hidden string
}

// disparityOf returns the dimensions of golongan and posting of the session s1 as they are now.
func disparityOf(t *testing.T, s *suite) (grade, posting grouped) {
	t.Helper()
	view, err := s.admin().calibrations.GetCalibrationDisparity(t.Context(), &scoringv1.GetCalibrationDisparityRequest{Name: sessionName("s1")})
	must(t, err)
	of := map[scoringv1.DisparityDimension_Trait]grouped{}
	for _, d := range view.GetDimensions() {
		g := grouped{d.GetLabel(), nil, d.GetHiddenReason()}
		for _, group := range d.GetGroups() {
			if g.Groups == nil {
				g.Groups = map[string]int32{}
			}
			g.Groups[strings.Join(group.GetLabels(), " + ")] = group.GetPeople()
		}
		of[d.GetTrait()] = g
	}
	return of[scoringv1.DisparityDimension_TRAIT_GRADE], of[scoringv1.DisparityDimension_TRAIT_REMOTE]
}

func TestDisparity_by_golongan_and_posting(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		populated(t, s)
		// Of 44 people, 22 are in the puskesmas; the golongan follow their predicates, so that two groups are small.
		golongan := map[string]string{"bidang-0": "II/c", "bidang-1": "III/a", "bidang-2": "III/c", "puskesmas-1": "IX"}
		tell := func(remote string) {
			s.peers.change(func() {
				s.peers.traits = func(of *planningv1.PersonTraits) {
					id := strings.TrimPrefix(of.GetPerson(), personName(""))
					of.Grade, of.Posting = "III/c", planningv1.PersonTraits_POSTING_ORDINARY
					for prefix, grade := range golongan {
						if strings.HasPrefix(id, prefix) {
							of.Grade = grade
						}
					}
					if strings.HasPrefix(id, remote) {
						of.Posting = planningv1.PersonTraits_POSTING_REMOTE
					}
				}
			})
		}
		tell("puskesmas")
		grade, posting := disparityOf(t, s)
		want := grouped{Label: "Golongan", Groups: map[string]int32{"III/a": 12, "IX": 18, "II/c + III/c": 14}}
		if diff := cmp.Diff(want, grade); diff != "" {
			t.Errorf("golongan (-want +got):\n%s", diff)
		}
		want = grouped{Label: "Penempatan", Groups: map[string]int32{"Daerah terpencil": 22, "Bukan daerah terpencil": 22}}
		if diff := cmp.Diff(want, posting); diff != "" {
			t.Errorf("posting (-want +got):\n%s", diff)
		}
		// One person alone in a remote area would be known by the difference, so nothing is shown.
		tell("puskesmas-3")
		_, posting = disparityOf(t, s)
		want = grouped{Label: "Penempatan", Hidden: "Disembunyikan karena jumlah pegawai dalam kelompok terlalu kecil."}
		if diff := cmp.Diff(want, posting); diff != "" {
			t.Errorf("one person (-want +got):\n%s", diff)
		}
	})
}
