package events

import (
	"google.golang.org/protobuf/proto"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/event"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

const (
	// maxChanges bounds the changes that one event tells.
	maxChanges = 500
	// maxPayload bounds the payload of an event of several changes, in bytes: half of what the stream takes.
	maxPayload = MaxBytes / 2
)

// Announcer makes the events of the service. Its zero value works.
type Announcer struct{}

var _ app.Announcer = Announcer{}

// Announce returns the events of changes of one period, each of at most 500 changes.
func (Announcer) Announce(period domain.Period, scores []app.ScoreChange, indexes []domain.SurveyScore) []event.Event {
	var all []event.Event
	name := wire.PeriodName(period)
	for _, batch := range batches(scores, scoreChange) {
		all = append(all, told(period, "score", batch.revision, &scoringv1.ScoresChanged{Period: name, Changes: batch.messages}))
	}
	for _, batch := range batches(indexes, indexChange) {
		all = append(all, told(period, "survey-index", batch.revision, &scoringv1.SurveyIndexesChanged{Period: name, SurveyIndexes: batch.messages}))
	}
	return all
}

// told returns an event about the period. A batch has no revision of its own, so it carries the highest of its changes;
// consumers compare the revisions of the changes.
func told(period domain.Period, resource string, revision int64, payload proto.Message) event.Event {
	return event.Event{
		Subject:  event.Subject(Service, period.Tenant, resource, "changed"),
		Resource: wire.PeriodName(period),
		Revision: revision,
		Payload:  payload,
	}
}

func scoreChange(c app.ScoreChange) (*scoringv1.ScoreChange, int64) {
	message := &scoringv1.ScoreChange{
		Score: wire.Revision(c.Score), OldPredicate: wire.Predicate(c.OldPredicate), OldValue: c.OldValue, OldAchievement: c.OldAchievement,
		OldCredit: c.OldCredit, Causes: c.Score.Causes, PredicateLabel: c.Word,
	}
	if c.OldFinal != nil {
		message.OldFinalPredicate, message.OldFinalCredit = wire.Predicate(c.OldFinal.Predicate), c.OldFinal.Credit
	}
	return message, c.Score.Revision
}

func indexChange(s domain.SurveyScore) (*scoringv1.SurveyIndex, int64) {
	return wire.SurveyIndex(s), s.Revision
}

// batch is the changes of one event.
type batch[M proto.Message] struct {
	messages []M
	bytes    int
	revision int64
}

// batches divides changes, in their order, by number and size.
func batches[T any, M proto.Message](changes []T, convert func(T) (M, int64)) []batch[M] {
	var all []batch[M]
	for _, change := range changes {
		message, revision := convert(change)
		size := proto.Size(message)
		last := len(all) - 1
		if last < 0 || len(all[last].messages) == maxChanges || all[last].bytes+size > maxPayload {
			all = append(all, batch[M]{})
			last++
		}
		all[last].messages = append(all[last].messages, message)
		all[last].bytes += size
		all[last].revision = max(all[last].revision, revision)
	}
	return all
}
