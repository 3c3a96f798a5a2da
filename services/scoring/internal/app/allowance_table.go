package app

import (
	"context"
	"errors"

	"github.com/kinerja-suite/kinerja/services/kit/auth"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/tariff"
)

// maxProblems is how many problems of a content are told at once.
const maxProblems = 50

// CreateTable adds a draft with the content, written by the caller. Its error tells everything that is wrong with it.
func (a *Allowances) CreateTable(ctx context.Context, tenant, id, content string) (AllowanceTable, error) {
	file, problems := tariff.Parse(content)
	if len(problems) > 0 {
		return AllowanceTable{}, refuseContent(problems)
	}
	problems, err := a.follow(ctx, file)
	if err != nil {
		return AllowanceTable{}, err
	}
	if len(problems) > 0 {
		return AllowanceTable{}, refuseContent(problems)
	}
	author := auth.From(ctx)
	return a.Store.AddTable(ctx, AllowanceTable{
		TableKey:      TableKey{Tenant: tenant, ID: id},
		DisplayName:   file.Table.Name,
		Regulation:    file.Table.Regulation,
		EffectiveFrom: file.Table.EffectiveFrom,
		Examples:      len(file.Examples),
		Content:       content,
		Hash:          file.Hash,
		Author:        author.Subject,
		AuthorPerson:  author.Person,
		CreateTime:    a.Show.Clock.Now(),
	})
}

// follow returns where the table differs from the rule pack that it names.
func (a *Allowances) follow(ctx context.Context, file *tariff.File) ([]tariff.Problem, error) {
	if file.Table.RulePack == "" {
		return nil, nil
	}
	rules, err := a.Show.Packs.Pack(ctx, file.Table.RulePack)
	if errors.Is(err, pack.ErrUnknown) {
		return file.Follow(nil), nil
	}
	if err != nil {
		return nil, err
	}
	return file.Follow(rules), nil
}

// refuseContent returns the problems as a fault.
func refuseContent(problems []tariff.Problem) error {
	var violations []fault.Violation
	for _, p := range problems[:min(len(problems), maxProblems)] {
		reason := fault.ReasonAllowanceTableInvalid
		if p.Example {
			reason = fault.ReasonAllowanceTableExample
		}
		violations = append(violations, fault.Field("content", reason).Worded(p.Text, p.Local))
	}
	return fault.Invalid(violations...)
}

// PublishTable publishes a draft. It takes a person: a client is ErrNoPerson. given is the etag that the caller has, or empty;
// name is that of the resource.
func (a *Allowances) PublishTable(ctx context.Context, key TableKey, name, given string) (AllowanceTable, error) {
	publisher, err := callingPerson(ctx)
	if err != nil {
		return AllowanceTable{}, err
	}
	table, err := a.Store.Table(ctx, key)
	if err != nil {
		return AllowanceTable{}, err
	}
	if !etag.Match(given, name, table.State()) {
		return AllowanceTable{}, ErrStale
	}
	switch {
	case table.Published():
		return AllowanceTable{}, ErrTablePublished
	case publisher.Subject == table.Author, publisher.Person == table.AuthorPerson:
		return AllowanceTable{}, ErrTableAuthor
	}
	table.Publisher, table.PublishTime = publisher.Subject, a.Show.Clock.Now()
	err = a.Store.PublishTable(ctx, table)
	if errors.Is(err, ErrTableStart) {
		about := []string{"resource", name, "day", table.EffectiveFrom}
		return AllowanceTable{}, fault.New(fault.ReasonAllowanceTableStart, about...).
			With(fault.Field("effective_date", fault.ReasonAllowanceTableStart, about...)).Because(err)
	}
	return table, err
}

// Table returns a version with its content, or ErrNotFound.
func (a *Allowances) Table(ctx context.Context, key TableKey) (AllowanceTable, error) {
	return a.Store.Table(ctx, key)
}

// Tables returns at most limit versions of the tenant after the key, by id and version, without content.
func (a *Allowances) Tables(ctx context.Context, after TableKey, limit int) ([]AllowanceTable, error) {
	return a.Store.Tables(ctx, after, limit)
}
