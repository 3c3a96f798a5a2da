package rpc

import (
	"context"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type rulePackServer struct {
	scoringv1.UnimplementedRulePackServiceServer
	packs  *pack.Catalog
	tokens *page.Codec
}

// GetRulePack returns one version of a rule pack with its content.
func (s *rulePackServer) GetRulePack(_ context.Context, request *scoringv1.GetRulePackRequest) (*scoringv1.RulePack, error) {
	file, err := s.packs.File(request.GetName())
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	message := rulePack(file)
	message.Content = file.Content
	return message, nil
}

// ListRulePacks lists every version of every rule pack, by name.
func (s *rulePackServer) ListRulePacks(_ context.Context, request *scoringv1.ListRulePacksRequest) (*scoringv1.ListRulePacksResponse, error) {
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	var files []*pack.File
	for _, file := range s.packs.Files() {
		if file.Pack.Name() > l.after {
			files = append(files, file)
		}
	}
	files, next := cut(l, files, func(f *pack.File) string { return f.Pack.Name() })
	response := &scoringv1.ListRulePacksResponse{NextPageToken: next}
	for _, file := range files {
		response.RulePacks = append(response.RulePacks, rulePack(file))
	}
	return response, nil
}

// rulePack returns the message of a pack, without its content.
func rulePack(file *pack.File) *scoringv1.RulePack {
	definition := file.Pack.Definition()
	message := &scoringv1.RulePack{
		Name:          file.Pack.Name(),
		DisplayName:   definition.DisplayName,
		EffectiveDate: wire.Date(file.Pack.EffectiveFrom()),
		ContentHash:   file.Pack.Hash(),
		ExampleCount:  int32(len(file.Examples)),
	}
	for _, source := range definition.LegalSources {
		message.LegalSources = append(message.LegalSources, source.Title)
	}
	return message
}
