package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
)

// SurveyResponse names a survey and holds one citizen's answers to it.
type SurveyResponse struct {
	Tenant  string
	Period  string
	Survey  string
	Answers []domain.Answer
	// RequestID may be empty.
	RequestID string
}

// CreateSurveyResponse adds a response. Anybody may call it, and nothing of the caller is kept. A closed period closes
// its surveys.
func (a *App) CreateSurveyResponse(ctx context.Context, r SurveyResponse) error {
	survey, err := a.Store.Survey(ctx, r.Tenant, r.Period, r.Survey)
	if err != nil {
		return err
	}
	response, broken := domain.NewResponse(r.Answers)
	today := a.today()
	err = first(domain.Refuse(broken), survey.Taking(today))
	if err != nil {
		return err
	}
	period, err := a.Directory.Period(ctx, r.Tenant, r.Period)
	if period.Closed || errors.Is(err, domain.ErrNotFound) {
		return domain.About(domain.ErrSurveyClosed, today.String())
	}
	if err != nil {
		return err
	}
	key, err := a.MarkKey(ctx)
	if err != nil {
		return fmt.Errorf("key of marks: %w", err)
	}
	return a.Store.AddResponse(withoutCaller(ctx), domain.Submission{
		Survey: survey, Response: response, Day: today, Request: domain.MarkRequest(key, r.Tenant, "", r.RequestID),
	})
}
