package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kinerja-suite/kinerja/services/kit/clock"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/pack"
)

// Errors of drafts of rule packs. Test with errors.Is.
var (
	// ErrExists reports an id that is taken.
	ErrExists = errors.New("it exists already")
	// ErrPublished reports a draft that does not change any more.
	ErrPublished = errors.New("the draft is published")
	// ErrDraftInvalid reports a draft with errors in its content.
	ErrDraftInvalid = errors.New("the draft has errors")
	// ErrNoExample reports a draft without a worked example of its own.
	ErrNoExample = errors.New("the draft has no worked example of its own")
	// ErrUntried reports a draft that was not tried as it is now.
	ErrUntried = errors.New("the draft was not tried as it is now")
	// ErrTrialFailed reports a draft that cannot compute another number of people than its publisher accepts.
	ErrTrialFailed = errors.New("the draft cannot compute another number of people than is accepted")
	// ErrSamePerson reports somebody who would publish what they have written a part of.
	ErrSamePerson = errors.New("an author cannot publish")
	// ErrPackID reports a draft whose id is not its tenant's, or whose version is not the next one.
	ErrPackID = errors.New("id or version of the draft cannot be published")
)

// TrialFailedError reports the trial of a draft in which another number of people fail than its publisher accepts. It is
// ErrTrialFailed.
type TrialFailedError struct{ Trial TrialSummary }

// Error tells how many people fail.
func (e *TrialFailedError) Error() string {
	return ErrTrialFailed.Error() + ": " + strconv.Itoa(e.Trial.Failed)
}

// Unwrap returns ErrTrialFailed.
func (e *TrialFailedError) Unwrap() error { return ErrTrialFailed }

// Draft is a rule pack that a tenant writes.
type Draft struct {
	Tenant, ID string
	Content    string
	// Authors are all who have ever written its content, in the order in which they came, Author the last who did: names of
	// people or ids of clients.
	Authors []string
	Author  string
	// RulePack is the name under which it is published; empty until then.
	RulePack               string
	Revision               int64
	CreateTime, UpdateTime time.Time
	// LastTrial is nil while it was never tried.
	LastTrial *TrialSummary
}

// write notes who writes the content.
func (d *Draft) write(author string) {
	d.Author = author
	if !slices.Contains(d.Authors, author) {
		d.Authors = append(d.Authors, author)
	}
}

// Reading is a draft as its linter reads it.
type Reading struct {
	Draft
	// File is nil while the content has errors.
	File *pack.File
	// Problems are all that is wrong or doubtful, worked examples that come out otherwise among it, and an id or a version that
	// the tenant may not publish: these alone leave File, because it may be tried.
	Problems []pack.Problem
}

// Tried reports whether the draft was tried as it is now.
func (r Reading) Tried() bool {
	return r.File != nil && r.LastTrial != nil && r.LastTrial.ContentHash == r.File.Pack.Hash()
}

// Published is a rule pack of a tenant. It never changes.
type Published struct {
	// Name is rulePacks/{id}/versions/{version}.
	Name          string
	Tenant, Draft string
	Content, Hash string
	// Authors and Author have written it, as they have the draft; Publisher is the second person.
	Authors           []string
	Author, Publisher string
	PublishTime       time.Time
}

// DraftStore keeps drafts, their trials and what was published of them.
type DraftStore interface {
	// Draft must return the draft with its last trial, or ErrNotFound.
	Draft(ctx context.Context, tenant, id string) (Draft, error)
	// Drafts must return at most limit drafts in the order of their ids, beginning after the given one, without content and
	// trials.
	Drafts(ctx context.Context, tenant, after string, limit int) ([]Draft, error)
	// InsertDraft must add the draft, or return ErrExists.
	InsertDraft(ctx context.Context, d Draft) error
	// UpdateDraft must replace the draft whose revision is one below, or return ErrStale.
	UpdateDraft(ctx context.Context, d Draft) error
	// AddTrial must add the trial as the last one of the draft.
	AddTrial(ctx context.Context, tenant, id string, t TrialSummary) error
	// Trials must return the last trial of each period of those with the content hash, the newest first.
	Trials(ctx context.Context, tenant, id, contentHash string) ([]TrialSummary, error)
	// Publish must do both in one transaction or nothing: replace the draft whose revision is one below, or return ErrStale,
	// and add the rule pack, or return ErrExists.
	Publish(ctx context.Context, d Draft, p Published) error
}

// Rules finds published rule packs.
type Rules interface {
	// Resolve returns what finds published rule packs by their names.
	Resolve(ctx context.Context) pack.Resolve
	// NextVersion returns the version after the last published of the id; 1 when there is none.
	NextVersion(ctx context.Context, id string) (int, error)
}

// Drafts is the use cases of tenants that write rule packs of their own.
type Drafts struct {
	Store DraftStore
	Rules Rules
	Trial *Trial
	Clock clock.Clock
}

// Lint reads content as the next version of a rule pack of the tenant.
func (d *Drafts) Lint(ctx context.Context, draft Draft) Reading {
	file, problems := pack.Lint([]byte(draft.Content), d.Rules.Resolve(ctx))
	if file == nil {
		return Reading{Draft: draft, Problems: problems}
	}
	r := Reading{Draft: draft, File: file, Problems: problems}
	if !pack.OwnedBy(file.Pack.Definition().ID, draft.Tenant) {
		r.Problems = append(r.Problems, file.Wrong("id", "pengenal paket instansi ini harus diawali “"+draft.Tenant+"-”; ganti sebelum diterbitkan"))
	} else if draft.RulePack == "" {
		r.Problems = append(r.Problems, d.version(ctx, file)...)
	}
	for i, outcome := range file.Try() {
		if len(outcome.Differences) == 0 {
			continue
		}
		r.File = nil
		r.Problems = append(r.Problems, file.Wrong("examples["+strconv.Itoa(i)+"]",
			"contoh “"+outcome.Example.Name+"” tidak terbukti: "+strings.Join(outcome.Differences, "; ")))
	}
	return r
}

// version returns what is wrong with the version of a file that is to be published. While nobody can tell what is published, it
// returns nothing: who publishes asks again.
func (d *Drafts) version(ctx context.Context, file *pack.File) []pack.Problem {
	def := file.Pack.Definition()
	next, err := d.Rules.NextVersion(ctx, def.ID)
	switch {
	case err != nil || def.Version == next:
		return nil
	case def.Version < next:
		return []pack.Problem{file.Wrong("version", fmt.Sprintf("%s versi %d sudah diterbitkan; pakai versi %d", def.ID, def.Version, next))}
	}
	return []pack.Problem{file.Wrong("version", fmt.Sprintf("versi %s berikutnya adalah %d; ganti sebelum diterbitkan", def.ID, next))}
}

// Create keeps a new draft, also one with errors.
func (d *Drafts) Create(ctx context.Context, draft Draft) (Reading, error) {
	now := d.Clock.Now()
	draft.write(callerName(ctx))
	draft.Revision, draft.CreateTime, draft.UpdateTime = 1, now, now
	err := d.Store.InsertDraft(ctx, draft)
	if err != nil {
		return Reading{}, err
	}
	return d.Lint(ctx, draft), nil
}

// Update replaces the content of a draft. current says whether a revision is the one that the caller has read.
func (d *Drafts) Update(ctx context.Context, changed Draft, current func(revision int64) bool) (Reading, error) {
	draft, err := d.open(ctx, changed.Tenant, changed.ID, current)
	if err != nil {
		return Reading{}, err
	}
	draft.write(callerName(ctx))
	draft.Content, draft.UpdateTime = changed.Content, d.Clock.Now()
	draft.Revision++
	err = d.Store.UpdateDraft(ctx, draft)
	if err != nil {
		return Reading{}, err
	}
	return d.Lint(ctx, draft), nil
}

// open returns a draft that may still change.
func (d *Drafts) open(ctx context.Context, tenant, id string, current func(revision int64) bool) (Draft, error) {
	draft, err := d.Store.Draft(ctx, tenant, id)
	if err != nil {
		return Draft{}, err
	}
	if draft.RulePack != "" {
		return Draft{}, ErrPublished
	}
	if !current(draft.Revision) {
		return Draft{}, ErrStale
	}
	return draft, nil
}

// List returns at most limit drafts of a tenant by id, after the given one, without content, problems and trials.
func (d *Drafts) List(ctx context.Context, tenant, after string, limit int) ([]Draft, error) {
	return d.Store.Drafts(ctx, tenant, after, limit)
}

// Get returns a draft.
func (d *Drafts) Get(ctx context.Context, tenant, id string) (Reading, error) {
	draft, err := d.Store.Draft(ctx, tenant, id)
	if err != nil {
		return Reading{}, err
	}
	return d.Lint(ctx, draft), nil
}

// Try computes a period by the draft and keeps that it was tried.
func (d *Drafts) Try(ctx context.Context, tenant, id string, period domain.Period) (TrialResult, error) {
	draft, err := d.Store.Draft(ctx, tenant, id)
	if err != nil {
		return TrialResult{}, err
	}
	reading := d.Lint(ctx, draft)
	if reading.File == nil {
		return TrialResult{}, ErrDraftInvalid
	}
	result, err := d.Trial.Run(ctx, period, reading.File.Pack)
	if err != nil {
		return TrialResult{}, err
	}
	result.Trier, result.TryTime = callerName(ctx), d.Clock.Now()
	return result, d.Store.AddTrial(ctx, tenant, id, result.TrialSummary)
}

// Publishing is which draft somebody publishes, and what they know of it.
type Publishing struct {
	Tenant, ID string
	// Current says whether a revision is the one that they have read.
	Current func(revision int64) bool
	// AcceptedFailed is how many people whom the draft cannot compute they accept.
	AcceptedFailed int64
}

// Publish makes a rule pack of a draft that was tried as it is and that has a worked example: those of a base prove other
// rules. It takes a person: a client is ErrNoPerson. Whoever has ever written its content cannot publish it, and whoever does
// must accept those who fail by it. It returns a TrialFailedError when that is another number of people.
func (d *Drafts) Publish(ctx context.Context, given Publishing) (*pack.File, Published, error) {
	publisher, err := callingPerson(ctx)
	if err != nil {
		return nil, Published{}, err
	}
	draft, err := d.open(ctx, given.Tenant, given.ID, given.Current)
	if err != nil {
		return nil, Published{}, err
	}
	reading := d.Lint(ctx, draft)
	err = d.publishable(ctx, reading, publisher.PersonName(), given.AcceptedFailed)
	if err != nil {
		return nil, Published{}, err
	}
	p := reading.File.Pack
	draft.RulePack, draft.UpdateTime = p.Name(), d.Clock.Now()
	draft.Revision++
	published := Published{
		Name: p.Name(), Tenant: draft.Tenant, Draft: draft.ID, Content: draft.Content, Hash: p.Hash(),
		Authors: draft.Authors, Author: draft.Author, Publisher: publisher.PersonName(), PublishTime: draft.UpdateTime,
	}
	return reading.File, published, d.Store.Publish(ctx, draft, published)
}

func (d *Drafts) publishable(ctx context.Context, r Reading, publisher string, acceptedFailed int64) error {
	if r.File == nil {
		return ErrDraftInvalid
	}
	if slices.Contains(r.Authors, publisher) {
		return ErrSamePerson
	}
	if len(r.File.Examples) == 0 {
		return ErrNoExample
	}
	if !r.Tried() {
		return ErrUntried
	}
	err := d.accepted(ctx, r, acceptedFailed)
	if err != nil {
		return err
	}
	definition := r.File.Pack.Definition()
	next, err := d.Rules.NextVersion(ctx, definition.ID)
	if err != nil {
		return err
	}
	if !pack.OwnedBy(definition.ID, r.Tenant) || definition.Version != next {
		return fmt.Errorf("%w: %s, the next version is %d", ErrPackID, r.File.Pack.Name(), next)
	}
	return nil
}

// accepted says whether as many people are accepted as fail in the trial in which the most do. Every period counts on which
// the content was tried, so that a trial of another period hides nobody, and by its last trial, so that mended facts count. The
// content must have been tried.
func (d *Drafts) accepted(ctx context.Context, r Reading, failed int64) error {
	trials, err := d.Store.Trials(ctx, r.Tenant, r.ID, r.File.Pack.Hash())
	if err != nil {
		return err
	}
	worst := slices.MaxFunc(trials, func(a, b TrialSummary) int { return cmp.Compare(a.Failed, b.Failed) })
	if int64(worst.Failed) != failed {
		return &TrialFailedError{Trial: worst}
	}
	return nil
}
