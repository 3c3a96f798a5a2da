package demo

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// pollEvery is how often the reports are read while they are waited for.
const pollEvery = 50 * time.Millisecond

// wait returns when the report of everybody is complete and shows the newest fact that this load has written.
func (l *Loader) wait(ctx context.Context) error {
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		behind, err := l.lagging(ctx)
		if err != nil || behind == "" {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the report of %s does not show the newest facts: %w", behind, ctx.Err())
		case <-ticker.C:
		}
	}
}

// lagging returns the name of something that lags, or "".
func (l *Loader) lagging(ctx context.Context) (string, error) {
	reports, err := l.reports(ctx)
	if err != nil {
		return "", err
	}
	behind := l.behind(reports)
	if behind != "" {
		return behind, nil
	}
	return l.summaryBehind(ctx, len(reports))
}

// summaryBehind returns the name of the tenant's summary when it does not count everybody yet, or "".
func (l *Loader) summaryBehind(ctx context.Context, people int) (string, error) {
	name := periodName + "/summary"
	summary, err := l.report.GetTenantSummary(ctx, &reportingv1.GetTenantSummaryRequest{Name: name}, l.admin())
	if err != nil || int(summary.GetScoredCount()) == people {
		return "", err
	}
	return name, nil
}

// behind returns the first person whose report lags, or "".
func (l *Loader) behind(reports map[string]*reportingv1.PersonReport) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, m := range l.members {
		if !m.planned() {
			continue
		}
		r := reports[m.id]
		shown := r.GetInputTime().AsTime()
		if r.GetScoreState() != scoringv1.Score_STATE_COMPLETE ||
			shown.Before(l.newest[m.id]) || shown.Before(l.newest["unit/"+m.unit]) {
			return m.id
		}
	}
	return ""
}

func (l *Loader) reports(ctx context.Context) (map[string]*reportingv1.PersonReport, error) {
	all := map[string]*reportingv1.PersonReport{}
	request := &reportingv1.ListPersonReportsRequest{Parent: periodName, PageSize: 200}
	for {
		page, err := l.report.ListPersonReports(ctx, request, l.admin())
		if err != nil {
			return nil, err
		}
		for _, r := range page.GetPersonReports() {
			all[r.GetName()[strings.LastIndexByte(r.GetName(), '/')+1:]] = r
		}
		if page.GetNextPageToken() == "" {
			return all, nil
		}
		request.PageToken = page.GetNextPageToken()
	}
}

// Show prints the reports as the suite tells them: everybody in a table, then the tenant's distribution and the
// satisfaction index.
func (l *Loader) Show(ctx context.Context, w io.Writer) error {
	reports, err := l.reports(ctx)
	if err != nil {
		return err
	}
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "PEGAWAI\tNAMA\tUNIT KERJA\tCAPAIAN %\tIKM\tHASIL KERJA\tPERILAKU\tPREDIKAT\tAK\tDINILAI (WIB)\tJEDA")
	wib := time.FixedZone("WIB", 7*60*60)
	for _, m := range l.members {
		r, ok := reports[m.id]
		if !ok {
			continue
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", m.id, r.GetDisplayName(), short(r.GetUnitDisplayName()),
			comma(r.GetAchievement()), comma(r.GetSurveyIndex()), expectation(r.GetResultRating()), expectation(r.GetBehaviorRating()),
			orDash(r.GetPredicateLabel()), comma(r.GetCredit()), r.GetComputeTime().AsTime().In(wib).Format("15.04.05"),
			delay(r.GetInputTime().AsTime(), r.GetVisibleTime().AsTime()))
	}
	err = out.Flush()
	if err != nil {
		return err
	}
	return l.showSummary(ctx, w)
}

func (l *Loader) showSummary(ctx context.Context, w io.Writer) error {
	summary, err := l.report.GetTenantSummary(ctx, &reportingv1.GetTenantSummaryRequest{Name: periodName + "/summary"}, l.admin())
	if err != nil {
		return err
	}
	index, err := l.score.GetSurveyIndex(ctx, &scoringv1.GetSurveyIndexRequest{Name: periodName + "/surveyIndexes/" + SurveyUnitID})
	if err != nil {
		return err
	}
	var parts []string
	for _, c := range summary.GetDistribution() {
		parts = append(parts, fmt.Sprintf("%s %d", c.GetLabel(), c.GetCount()))
	}
	fmt.Fprintf(w, "\n%s: %d pegawai ber-SKP, %d telah dinilai. %s.\n", summary.GetDisplayName(), summary.GetPeopleCount(),
		summary.GetScoredCount(), strings.Join(parts, ", "))
	fmt.Fprintf(w, "IKM %s: %s (mutu %s) dari %d responden; dengan bobot tercetak 0,11: %s (mutu %s).\n", unitName(SurveyUnitID),
		comma(index.GetValue()), index.GetGrade(), index.GetResponseCount(), comma(index.GetPrintedWeightValue()), index.GetPrintedWeightGrade())
	fmt.Fprintln(w, "JEDA: waktu dari masukan terakhir sampai laporan menampilkannya, saat data contoh dimuat.")
	return nil
}

func expectation(e assessmentv1.Expectation) string {
	switch e {
	case assessmentv1.Expectation_EXPECTATION_ABOVE:
		return "di atas"
	case assessmentv1.Expectation_EXPECTATION_MEETS:
		return "sesuai"
	case assessmentv1.Expectation_EXPECTATION_BELOW:
		return "di bawah"
	default:
		return "–"
	}
}

func comma(decimal string) string { return orDash(strings.ReplaceAll(decimal, ".", ",")) }

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func short(unit string) string {
	return strings.Replace(unit, "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu", "DPMPTSP", 1)
}

func delay(from, to time.Time) string {
	return strings.Replace(fmt.Sprintf("%.1f ms", float64(to.Sub(from).Microseconds())/1000), ".", ",", 1)
}
