package demo

import (
	"context"
	"fmt"
	"math/rand/v2"

	"golang.org/x/sync/errgroup"
	"google.golang.org/genproto/googleapis/type/date"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
)

// surveyRows are the ten responses of the worked example: one digit for each element, U1 to U9.
var surveyRows = []string{
	"433434433", "333433333", "443444434", "332433323", "444444444",
	"322433232", "333433333", "433434434", "232433333", "333443433",
}

// plans are drafted and submitted by their owners and approved by the superiors, from the top down, because each
// contributes to a result of the superior.
func (l *Loader) plans(ctx context.Context) error {
	for depth := 1; ; depth++ {
		group, ctx := errgroup.WithContext(ctx)
		group.SetLimit(writers)
		found := false
		for _, m := range l.members {
			if m.planned() && l.depth(m) == depth {
				found = true
				group.Go(func() error { return l.agree(ctx, m) })
			}
		}
		err := group.Wait()
		if err != nil || !found {
			return err
		}
	}
}

func (l *Loader) agree(ctx context.Context, m member) error {
	superiorResult := ""
	if l.find(m.superior).planned() {
		superiorResult = planRef(m.superior) + "/results/r1"
	}
	_, err := l.plan.CreatePlan(ctx, &planningv1.CreatePlanRequest{
		Parent: periodName, PlanId: m.id, RequestId: requestID("plan", m.id),
		Plan: &planningv1.Plan{Person: personRef(m.id), Results: results(m, superiorResult, objectiveRef(m.unit))},
	}, l.person(m.id))
	err = l.done(err)
	if err != nil {
		return err
	}
	_, err = l.plan.SubmitPlan(ctx, &planningv1.SubmitPlanRequest{
		Name: planRef(m.id), RequestId: requestID("submit", m.id),
	}, l.person(m.id))
	err = l.done(err)
	if err != nil {
		return err
	}
	_, err = l.plan.ApprovePlan(ctx, &planningv1.ApprovePlanRequest{
		Name: planRef(m.id), RequestId: requestID("approve", m.id),
	}, l.person(m.superior))
	return l.done(err)
}

func (l *Loader) progressReports(ctx context.Context) error {
	return l.each(ctx, func(ctx context.Context, i int, m member) error {
		rng := rand.New(rand.NewPCG(seed, uint64(100+i)))
		for r, p := range dutyOf(m) {
			for j, x := range p.measures {
				if x.fromSatisfactionOwn {
					continue
				}
				indicator := fmt.Sprintf("results/r%d/indicators/i%d", r+1, j+1)
				report, err := l.progress.CreateProgressReport(ctx, &assessmentv1.CreateProgressReportRequest{
					Parent: periodName, RequestId: requestID("progress", m.id, indicator),
					ProgressReport: &assessmentv1.ProgressReport{
						Person: personRef(m.id), Indicator: indicator, Realisation: x.realised(rng),
						EvidenceNote: fmt.Sprintf("Laporan kegiatan nomor %03d/%d, arsip unit kerja", i+1, j+1),
					},
				}, l.person(m.id))
				if err != nil {
					return err
				}
				l.saw(m.id, report.GetCreateTime())
			}
		}
		return nil
	})
}

func (l *Loader) attendances(ctx context.Context) error {
	return l.each(ctx, func(ctx context.Context, i int, m member) error {
		rng := rand.New(rand.NewPCG(seed, uint64(300+i)))
		const workingDays = 220
		absent := rng.IntN(8)
		a, err := l.attendance.UpdateAttendance(ctx, &assessmentv1.UpdateAttendanceRequest{
			RequestId: requestID("attendance", m.id),
			Attendance: &assessmentv1.Attendance{
				Name: periodName + "/attendances/" + m.id, WorkingDays: workingDays, PresentDays: int32(workingDays - absent),
				UnexcusedDays: int32(absent / 5), LateMinutes: int32(rng.IntN(400)),
			},
		}, l.admin())
		if err != nil {
			return err
		}
		l.saw(m.id, a.GetUpdateTime())
		return nil
	})
}

// peers: everybody is answered about by up to three people with the same superior.
func (l *Loader) peers(ctx context.Context) error {
	return l.each(ctx, func(ctx context.Context, i int, m member) error {
		rng := rand.New(rand.NewPCG(seed, uint64(500+i)))
		answer := func() int32 { return int32(2 + rng.IntN(3)) }
		for _, rater := range l.peersOf(m, 3) {
			_, err := l.peer.CreatePeerReview(ctx, &assessmentv1.CreatePeerReviewRequest{
				Parent: periodName, RequestId: requestID("peer", m.id, rater.id),
				PeerReview: &assessmentv1.PeerReview{
					Person: personRef(m.id), ServiceOriented: answer(), Accountable: answer(), Competent: answer(),
					Harmonious: answer(), Loyal: answer(), Adaptive: answer(), Collaborative: answer(),
				},
			}, l.person(rater.id))
			err = l.done(err)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// surveys: the head of the Puskesmas opens the survey, and ten citizens answer without signing in.
func (l *Loader) surveys(ctx context.Context) error {
	name := periodName + "/surveys/" + SurveyUnitID
	_, err := l.survey.CreateSurvey(ctx, &assessmentv1.CreateSurveyRequest{
		Parent: periodName, SurveyId: SurveyUnitID, RequestId: requestID("survey"),
		Survey: &assessmentv1.Survey{
			Unit: unitRef(SurveyUnitID), DisplayName: "Survei Kepuasan Masyarakat Puskesmas Melati 2026",
			StartDate: &date.Date{Year: 2026, Month: 1, Day: 1}, EndDate: &date.Date{Year: 2036, Month: 1, Day: 1},
		},
	}, l.person("kepala-melati"))
	err = l.done(err)
	if err != nil {
		return err
	}
	survey, err := l.survey.GetSurvey(ctx, &assessmentv1.GetSurveyRequest{Name: name})
	if err != nil {
		return err
	}
	for i := int(survey.GetResponseCount()); i < len(surveyRows); i++ {
		_, err = l.survey.CreateSurveyResponse(ctx, &assessmentv1.CreateSurveyResponseRequest{
			Parent: name, RequestId: requestID("response", i), SurveyResponse: response(surveyRows[i]),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func response(row string) *assessmentv1.SurveyResponse {
	r := &assessmentv1.SurveyResponse{}
	for i, digit := range row {
		r.Answers = append(r.Answers, &assessmentv1.SurveyAnswer{
			Element: assessmentv1.SurveyElement(i + 1), Value: digit - '0',
		})
	}
	return r
}

// ratings: most meet expectation; some are above, a few below, with the dated feedback that the rules ask for.
func (l *Loader) ratings(ctx context.Context) error {
	const (
		above = assessmentv1.Expectation_EXPECTATION_ABOVE
		meets = assessmentv1.Expectation_EXPECTATION_MEETS
		below = assessmentv1.Expectation_EXPECTATION_BELOW
	)
	pattern := [][2]assessmentv1.Expectation{
		{meets, meets},
		{above, meets},
		{meets, above},
		{meets, meets},
		{above, above},
		{meets, meets},
		{below, meets},
		{meets, meets},
		{above, meets},
		{meets, meets},
		{meets, below},
		{meets, meets},
		{above, above},
		{meets, meets},
		{below, below},
	}
	return l.each(ctx, func(ctx context.Context, i int, m member) error {
		pair := pattern[i%len(pattern)]
		if m.id == NurseID {
			pair = [2]assessmentv1.Expectation{above, meets}
		}
		rating := &assessmentv1.Rating{
			Name: periodName + "/ratings/" + m.id, ResultRating: pair[0], BehaviorRating: pair[1],
			Feedback: "Hasil kerja dibahas dalam dialog kinerja; pertahankan dan lengkapi bukti dukung.",
		}
		if pair[0] == below || pair[1] == below {
			rating.Feedback = "Target belum tercapai dan disiplin perlu diperbaiki; pendampingan disepakati setiap bulan."
			rating.FeedbackDate = &date.Date{Year: 2026, Month: 7, Day: 6}
		}
		got, err := l.rating.UpdateRating(ctx, &assessmentv1.UpdateRatingRequest{
			Rating: rating, RequestId: requestID("rating", m.id),
		}, l.person(m.superior))
		if err != nil {
			return err
		}
		l.saw(m.id, got.GetUpdateTime())
		return nil
	})
}

func (l *Loader) organizationRatings(ctx context.Context) error {
	for _, u := range units {
		if u.parent == "" {
			continue
		}
		got, err := l.rating.UpdateOrganizationRating(ctx, &assessmentv1.UpdateOrganizationRatingRequest{
			RequestId: requestID("organization", u.id),
			OrganizationRating: &assessmentv1.OrganizationRating{
				Name:  periodName + "/organizationRatings/" + u.id,
				Level: assessmentv1.OrganizationLevel_ORGANIZATION_LEVEL_GOOD, Basis: "Berita acara evaluasi kinerja organisasi 2026",
			},
		}, l.admin())
		if err != nil {
			return err
		}
		l.saw("unit/"+u.id, got.GetUpdateTime())
	}
	return nil
}

func (l *Loader) find(id string) member {
	for _, m := range l.members {
		if m.id == id {
			return m
		}
	}
	return member{employment: planningv1.Person_EMPLOYMENT_NON_ASN}
}

// depth is how many superiors stand above; the regional head has none.
func (l *Loader) depth(m member) int {
	if m.superior == "" {
		return 0
	}
	return 1 + l.depth(l.find(m.superior))
}

// peersOf returns the next people in the cast with the same superior, going round.
func (l *Loader) peersOf(m member, count int) []member {
	var same []member
	self := 0
	for _, other := range l.members {
		if other.superior != m.superior || !other.planned() {
			continue
		}
		if other.id == m.id {
			self = len(same)
		}
		same = append(same, other)
	}
	var peers []member
	for i := 1; i < len(same) && len(peers) < count; i++ {
		peers = append(peers, same[(self+i)%len(same)])
	}
	return peers
}
