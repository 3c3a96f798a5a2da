package rpc

import (
	"context"
	"errors"
	"strconv"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/ids"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type draftServer struct {
	scoringv1.UnimplementedRulePackDraftServiceServer
	drafts *app.Drafts
	ids    ids.Source
	tokens *page.Codec
}

// CreateRulePackDraft keeps a draft, or only says what is wrong with it.
func (s *draftServer) CreateRulePackDraft(ctx context.Context, request *scoringv1.CreateRulePackDraftRequest) (*scoringv1.RulePackDraft, error) {
	vars, err := resource.ParseField("parent", wire.TenantPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	id := request.GetRulePackDraftId()
	if id == "" {
		id = s.ids.New()
	}
	if !resource.ValidID(id) {
		return nil, fault.Invalid(badID("rule_pack_draft_id"))
	}
	draft := app.Draft{Tenant: vars["tenant"], ID: id, Content: request.GetRulePackDraft().GetContent()}
	if request.GetValidateOnly() {
		return wire.Reading(s.drafts.Lint(ctx, draft)), nil
	}
	reading, err := s.drafts.Create(ctx, draft)
	if err != nil {
		return nil, refusal(err, wire.DraftName(draft.Tenant, id))
	}
	return wire.Reading(reading), nil
}

// UpdateRulePackDraft replaces the content of a draft.
func (s *draftServer) UpdateRulePackDraft(ctx context.Context, request *scoringv1.UpdateRulePackDraftRequest) (*scoringv1.RulePackDraft, error) {
	name := request.GetRulePackDraft().GetName()
	tenant, id, err := draftOf("rule_pack_draft.name", name)
	if err != nil {
		return nil, err
	}
	changed := app.Draft{Tenant: tenant, ID: id, Content: request.GetRulePackDraft().GetContent()}
	reading, err := s.drafts.Update(ctx, changed, current(request.GetRulePackDraft().GetEtag(), name))
	if err != nil {
		return nil, refusal(err, name)
	}
	return wire.Reading(reading), nil
}

// GetRulePackDraft returns a draft with its problems.
func (s *draftServer) GetRulePackDraft(ctx context.Context, request *scoringv1.GetRulePackDraftRequest) (*scoringv1.RulePackDraft, error) {
	tenant, id, err := draftOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	reading, err := s.drafts.Get(ctx, tenant, id)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.Reading(reading), nil
}

// ListRulePackDrafts lists drafts by id.
func (s *draftServer) ListRulePackDrafts(ctx context.Context, request *scoringv1.ListRulePackDraftsRequest) (*scoringv1.ListRulePackDraftsResponse, error) {
	vars, err := resource.ParseField("parent", wire.TenantPattern, request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	drafts, err := s.drafts.List(ctx, vars["tenant"], l.after, l.limit+1)
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	drafts, next := cut(l, drafts, func(d app.Draft) string { return d.ID })
	response := &scoringv1.ListRulePackDraftsResponse{NextPageToken: next}
	for _, draft := range drafts {
		response.RulePackDrafts = append(response.RulePackDrafts, wire.Draft(draft))
	}
	return response, nil
}

// TryRulePackDraft computes a period by a draft.
func (s *draftServer) TryRulePackDraft(ctx context.Context, request *scoringv1.TryRulePackDraftRequest) (*scoringv1.RulePackTrial, error) {
	tenant, id, err := draftOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	period, _, err := parse("period", wire.PeriodPattern, request.GetPeriod())
	if err != nil {
		return nil, err
	}
	if period.Tenant != tenant {
		return nil, fault.Invalid(fault.Field("period", fault.ReasonReferenceNotFound, "resource", request.GetPeriod()))
	}
	result, err := s.drafts.Try(ctx, tenant, id, period)
	if errors.Is(err, app.ErrNoScores) {
		return nil, missing("period", request.GetPeriod(), "The period "+request.GetPeriod()+" has no scores to try the draft on.",
			"Periode "+request.GetPeriod()+" belum memiliki nilai yang dapat diuji coba. Pilih periode lain pada isian period.").Because(err)
	}
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.Trial(result), nil
}

// PublishRulePackDraft makes a rule pack of a draft.
func (s *draftServer) PublishRulePackDraft(ctx context.Context, request *scoringv1.PublishRulePackDraftRequest) (*scoringv1.RulePack, error) {
	tenant, id, err := draftOf("name", request.GetName())
	if err != nil {
		return nil, err
	}
	file, published, err := s.drafts.Publish(ctx, app.Publishing{
		Tenant: tenant, ID: id, Current: current(request.GetEtag(), request.GetName()), AcceptedFailed: request.GetAcceptedFailedCount(),
	})
	failed, ok := errors.AsType[*app.TrialFailedError](err)
	if ok {
		return nil, trialFailed(request.GetName(), failed)
	}
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	entry := pack.Entry{File: file, Tenant: tenant, PublishTime: published.PublishTime}
	return wire.RulePack(entry, entry.StateOn(published.PublishTime, nil)), nil
}

// trialFailed returns the fault of somebody who accepts another number of people than fail by the draft.
func trialFailed(name string, err *app.TrialFailedError) *fault.Fault {
	const reason = fault.ReasonRulePackTrialFailed
	about := []string{"resource", name, "period", wire.PeriodName(err.Trial.Period), "failed", strconv.Itoa(err.Trial.Failed)}
	var text, local string // of the catalogue
	if err.Trial.Failed == 0 {
		text = "The draft computes the facts of everybody in its trials: accepted_failed_count must be 0."
		local = "Nilai semua pegawai pada uji coba dapat dihitung menurut rancangan ini. Kosongkan isian accepted_failed_count, lalu terbitkan kembali."
	}
	return fault.New(reason, about...).Worded(text, local).
		With(fault.Field("accepted_failed_count", reason, about...).Worded(text, local)).Because(err)
}

func draftOf(field, name string) (tenant, id string, err error) {
	vars, err := resource.ParseField(field, wire.DraftPattern, name)
	return vars["tenant"], vars["rule_pack_draft"], err
}

// current reports whether a revision is the one whose etag the caller gave.
func current(given, name string) func(int64) bool {
	return func(revision int64) bool { return etag.Match(given, name, revision) }
}
