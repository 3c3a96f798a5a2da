package calibration_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

var (
	morning = time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC)
	noon    = morning.Add(4 * time.Hour)
)

func opened() calibration.Session {
	return calibration.Open(calibration.Session{
		Period: domain.Period{Tenant: "3402", ID: "2026"}, ID: "s1", Units: []string{"u2", "u1", "u2"},
		Purpose: "Menyamakan ukuran", Participants: []string{"citra", "ani"}, Before: distribution.Counts{"good": 2},
	}, "tenants/3402/people/dewi", morning)
}

func TestOpen(t *testing.T) {
	t.Parallel()
	want := calibration.Session{
		Period: domain.Period{Tenant: "3402", ID: "2026"}, ID: "s1", Units: []string{"u1", "u2"}, Purpose: "Menyamakan ukuran",
		Participants: []string{"ani", "citra"}, State: calibration.StateOpen, Opener: "tenants/3402/people/dewi", CreateTime: morning,
		Before: distribution.Counts{"good": 2}, Revision: 1,
	}
	if diff := cmp.Diff(want, opened()); diff != "" {
		t.Fatalf("session (-want +got):\n%s", diff)
	}
}

// TestStates tries every step from every state.
func TestStates(t *testing.T) {
	t.Parallel()
	after := distribution.Counts{"good": 1, "poor": 1}
	steps := map[string]func(calibration.Session) (calibration.Session, error){
		"join":    func(s calibration.Session) (calibration.Session, error) { return s.Join([]string{"budi", "ani"}) },
		"adjust":  func(s calibration.Session) (calibration.Session, error) { return s.Adjusted() },
		"close":   func(s calibration.Session) (calibration.Session, error) { return s.Close("eko", after, noon) },
		"abandon": func(s calibration.Session) (calibration.Session, error) { return s.Abandon("eko", "batal", noon) },
	}
	cases := []struct {
		from calibration.State
		step string
		to   calibration.State
		err  error
	}{
		{calibration.StateOpen, "join", calibration.StateOpen, nil},
		{calibration.StateOpen, "adjust", calibration.StateOpen, nil},
		{calibration.StateOpen, "close", calibration.StateClosed, nil},
		{calibration.StateOpen, "abandon", calibration.StateAbandoned, nil},
		{calibration.StateClosed, "join", "", calibration.ErrEnded},
		{calibration.StateClosed, "adjust", "", calibration.ErrEnded},
		{calibration.StateClosed, "close", "", calibration.ErrEnded},
		{calibration.StateClosed, "abandon", "", calibration.ErrEnded},
		{calibration.StateAbandoned, "join", "", calibration.ErrEnded},
		{calibration.StateAbandoned, "adjust", "", calibration.ErrEnded},
		{calibration.StateAbandoned, "close", "", calibration.ErrEnded},
		{calibration.StateAbandoned, "abandon", "", calibration.ErrEnded},
	}
	for _, c := range cases {
		t.Run(string(c.from)+"_"+c.step, func(t *testing.T) {
			t.Parallel()
			s := opened()
			s.State = c.from
			got, err := steps[c.step](s)
			if !errors.Is(err, c.err) || got.State != c.to {
				t.Fatalf("state %q, %v; want %q, %v", got.State, err, c.to, c.err)
			}
			if err == nil && got.Revision != 2 {
				t.Fatalf("revision %d", got.Revision)
			}
			if err == nil && c.to != calibration.StateOpen && (got.Closer != "eko" || !got.CloseTime.Equal(noon)) {
				t.Fatalf("ended by %q at %v", got.Closer, got.CloseTime)
			}
		})
	}
	joined, err := steps["join"](opened())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"ani", "budi", "citra"}, joined.Participants); diff != "" {
		t.Fatalf("participants (-want +got):\n%s", diff)
	}
}

func TestObstacles(t *testing.T) {
	t.Parallel()
	by := func(author string) calibration.Adjustment { return calibration.Adjustment{Author: author} }
	waits := func(decision string) calibration.Adjustment {
		return calibration.Adjustment{Author: "fitri", Decision: decision, Pending: true}
	}
	rated := []calibration.Finding{{Unit: "u1", Rated: true}}
	cases := []struct {
		name         string
		participants []string
		adjustments  []calibration.Adjustment
		findings     []calibration.Finding
		want         []calibration.Obstacle
	}{
		{"nothing_is_lacking", []string{"a", "b"}, nil, rated, nil},
		{"one_participant", []string{"a"}, nil, rated, []calibration.Obstacle{{Kind: calibration.ObstacleParticipants}}},
		{
			"the_closer_alone_has_adjusted",
			[]string{"a", "b"},
			[]calibration.Adjustment{by("eko"), by("eko")},
			rated,
			[]calibration.Obstacle{{Kind: calibration.ObstacleFourEyes}},
		},
		{"another_has_adjusted_too", []string{"a", "b"}, []calibration.Adjustment{by("eko"), by("fitri")}, rated, nil},
		{"only_another_has_adjusted", []string{"a", "b"}, []calibration.Adjustment{by("fitri")}, rated, nil},
		{
			"adjustments_that_nobody_has_decided",
			[]string{"a", "b"},
			[]calibration.Adjustment{waits("d1"), {Author: "fitri", Decision: "d2"}, waits("d3")},
			rated,
			[]calibration.Obstacle{{Kind: calibration.ObstaclePending, Decision: "d1"}, {Kind: calibration.ObstaclePending, Decision: "d3"}},
		},
		{
			"everything", nil,
			[]calibration.Adjustment{{Author: "eko", Decision: "d1", Pending: true}},
			[]calibration.Finding{{Unit: "u1"}, {Unit: "u2", Rated: true, Unjustified: []string{"r1", "r2"}}},
			[]calibration.Obstacle{
				{Kind: calibration.ObstacleParticipants},
				{Kind: calibration.ObstacleFourEyes},
				{Kind: calibration.ObstaclePending, Decision: "d1"},
				{Kind: calibration.ObstacleUnrated, Unit: "u1"},
				{Kind: calibration.ObstacleUnjustified, Unit: "u2", Rule: "r1"},
				{Kind: calibration.ObstacleUnjustified, Unit: "u2", Rule: "r2"},
			},
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := opened()
			s.Participants = c.participants
			if diff := cmp.Diff(c.want, s.Obstacles("eko", c.adjustments, c.findings)); diff != "" {
				t.Fatalf("obstacles (-want +got):\n%s", diff)
			}
		})
	}
}
