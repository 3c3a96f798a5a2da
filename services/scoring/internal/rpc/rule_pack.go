package rpc

import (
	"context"
	"slices"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type rulePackServer struct {
	scoringv1.UnimplementedRulePackServiceServer
	library *pack.Library
	clock   clock.Clock
	tokens  *page.Codec
}

// GetRulePack returns one version of a rule pack with its content.
func (s *rulePackServer) GetRulePack(ctx context.Context, request *scoringv1.GetRulePackRequest) (*scoringv1.RulePack, error) {
	entry, err := s.library.Entry(ctx, request.GetName())
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	names, err := s.library.Names(ctx)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	message, err := s.message(ctx, entry, names)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	message.Content = entry.Content
	return message, nil
}

// message returns the message of one of all rule packs.
func (s *rulePackServer) message(ctx context.Context, entry pack.Entry, all []string) (*scoringv1.RulePack, error) {
	later, err := s.library.Entries(ctx, pack.Later(all, entry.Pack.Name()))
	if err != nil {
		return nil, err
	}
	return wire.RulePack(entry, entry.StateOn(s.clock.Now(), later)), nil
}

// ListRulePacks lists every version of every rule pack, by name.
func (s *rulePackServer) ListRulePacks(ctx context.Context, request *scoringv1.ListRulePacksRequest) (*scoringv1.ListRulePacksResponse, error) {
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	all, err := s.library.Names(ctx)
	if err != nil {
		return nil, refusal(err, "rulePacks")
	}
	begin, found := slices.BinarySearch(all, l.after)
	if found {
		begin++
	}
	names, next := cut(l, all[begin:], func(name string) string { return name })
	entries, err := s.library.Entries(ctx, names)
	if err != nil {
		return nil, refusal(err, "rulePacks")
	}
	response := &scoringv1.ListRulePacksResponse{NextPageToken: next}
	for _, entry := range entries {
		message, err := s.message(ctx, entry, all)
		if err != nil {
			return nil, refusal(err, "rulePacks")
		}
		response.RulePacks = append(response.RulePacks, message)
	}
	return response, nil
}

// CompareRulePacks says what differs between two rule packs.
func (s *rulePackServer) CompareRulePacks(ctx context.Context, request *scoringv1.CompareRulePacksRequest) (*scoringv1.CompareRulePacksResponse, error) {
	before, err := s.library.File(ctx, request.GetName())
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	after, err := s.library.File(ctx, request.GetOther())
	if err != nil {
		return nil, refusal(err, request.GetOther())
	}
	response := &scoringv1.CompareRulePacksResponse{}
	for _, change := range pack.Compare(before, after) {
		response.Changes = append(response.Changes, &scoringv1.RulePackChange{Path: change.Path, Sentence: change.Sentence})
	}
	return response, nil
}

// GetRulePackSchema returns the JSON Schema of the language.
func (s *rulePackServer) GetRulePackSchema(context.Context, *scoringv1.GetRulePackSchemaRequest) (*scoringv1.RulePackSchema, error) {
	return &scoringv1.RulePackSchema{Content: string(pack.Schema())}, nil
}
