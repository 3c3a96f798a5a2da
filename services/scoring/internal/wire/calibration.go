package wire

import (
	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/calibration"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/disparity"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/distribution"
)

// CalibrationPattern is the pattern of the names of sessions.
const CalibrationPattern = PeriodPattern + "/calibrations/{calibration}"

const (
	prefixPosition = "KIND_"
	prefixSex      = "SEX_"
	prefixPosting  = "POSTING_"
	prefixTrait    = "TRAIT_"
	prefixFlag     = "FLAG_"
)

// CalibrationName returns the name of a session.
func CalibrationName(ref app.CalibrationRef) string {
	return resource.Name(CalibrationPattern, ref.Period.Tenant, ref.Period.ID, ref.ID)
}

// LevelOf returns the code of the rating of an organisation; empty for none.
func LevelOf(level assessmentv1.OrganizationLevel) distribution.Level {
	return codeOf[distribution.Level](level, prefixOrganization)
}

func level(code distribution.Level) assessmentv1.OrganizationLevel {
	return valueOf[assessmentv1.OrganizationLevel](assessmentv1.OrganizationLevel_value, code, prefixOrganization)
}

// PredicateOf returns the code of a predicate; empty for none.
func PredicateOf(p scoringv1.Predicate) domain.Predicate {
	return codeOf[domain.Predicate](p, prefixPredicate)
}

// TraitsOf returns the keys of the groups of a person, with the age at the end of the year. What is not known is absent.
func TraitsOf(t *planningv1.PersonTraits, year int) map[disparity.Trait]string {
	keys := map[disparity.Trait]string{
		disparity.Sex: codeOf[string](t.GetSex(), prefixSex),
		disparity.Age: disparity.AgeKey(int(t.GetBirthYear()), year),
		disparity.Position: disparity.PositionKey(
			codeOf[string](t.GetPositionKind(), prefixPosition), codeOf[string](t.GetFunctionalLevel(), prefixFunctionalLevel)),
		disparity.Grade:  t.GetGrade(),
		disparity.Remote: codeOf[string](t.GetPosting(), prefixPosting),
	}
	for trait, key := range keys {
		if key == "" {
			delete(keys, trait)
		}
	}
	return keys
}

// predicateCounts returns the five predicates in the order of the regulation.
func predicateCounts(counts distribution.Counts) []*scoringv1.PredicateCount {
	total := counts.Total()
	var messages []*scoringv1.PredicateCount
	for _, p := range distribution.Predicates() {
		messages = append(messages, &scoringv1.PredicateCount{
			Predicate: Predicate(domain.Predicate(p)), Count: int32(counts[p]), Percent: disparity.Percent(counts[p], total),
		})
	}
	return messages
}

// Session returns the message of a session, without what belongs to it.
func Session(s calibration.Session) *scoringv1.Calibration {
	name := CalibrationName(app.CalibrationRef{Period: s.Period, ID: s.ID})
	message := &scoringv1.Calibration{
		Name: name, Units: UnitNames(s.Period.Tenant, s.Units), Subtree: s.Subtree, Purpose: s.Purpose,
		Participants:  PersonNames(s.Period.Tenant, s.Participants),
		State:         valueOf[scoringv1.Calibration_State](scoringv1.Calibration_State_value, s.State, prefixState),
		Opener:        s.Opener,
		Closer:        s.Closer,
		CreateTime:    timestamp(s.CreateTime),
		CloseTime:     timestamp(s.CloseTime),
		AbandonReason: s.AbandonReason,
		CountsBefore:  predicateCounts(s.Before),
		Etag:          etag.Of(name, s.Revision),
	}
	if s.State == calibration.StateClosed {
		message.CountsAfter = predicateCounts(s.After)
	}
	return message
}

// Calibration returns the message of a session with what belongs to it.
func Calibration(d app.Detail) *scoringv1.Calibration {
	message := Session(d.Session)
	for _, a := range d.Adjustments {
		message.Adjustments = append(message.Adjustments, Adjustment(d.Period.Tenant, a))
	}
	if d.Disparity != nil {
		message.Disparity = Disparity(*d.Disparity)
	}
	return message
}

// Adjustment returns the message of an adjustment.
func Adjustment(tenant string, a calibration.Adjustment) *scoringv1.CalibrationAdjustment {
	return &scoringv1.CalibrationAdjustment{
		Id: a.ID, Person: PersonName(tenant, a.Person), CurrentPredicate: Predicate(a.Current), ProposedPredicate: Predicate(a.Proposed),
		Reason: a.Reason, Speakers: PersonNames(tenant, a.Speakers), Author: a.Author, CreateTime: timestamp(a.Time), Decision: a.Decision,
	}
}

// Snapshot returns the message of a person of a session.
func Snapshot(tenant string, s calibration.Snapshot) *scoringv1.CalibrationPerson {
	return &scoringv1.CalibrationPerson{
		Person: PersonName(tenant, s.Person), Unit: UnitName(tenant, s.Unit), Before: Predicate(s.Before), BeforeRevision: s.BeforeRevision,
		After: Predicate(s.After), AfterRevision: s.AfterRevision,
	}
}

// Disparity returns the message of a view.
func Disparity(d app.StoredDisparity) *scoringv1.Disparity {
	message := &scoringv1.Disparity{
		People: int32(d.View.People), Minimum: disparity.MinimumGroup, FlagMinimum: disparity.MinimumFlag,
		Counts: predicateCounts(d.View.Counts), GoodPercent: d.View.GoodPercent, MeanAchievement: d.View.MeanAchievement,
		Notice: disparity.Notice, ComputeTime: timestamp(d.Time),
	}
	for _, dimension := range d.View.Dimensions {
		of := &scoringv1.DisparityDimension{
			Trait: valueOf[scoringv1.DisparityDimension_Trait](scoringv1.DisparityDimension_Trait_value, dimension.Trait, prefixTrait),
			Label: dimension.Trait.Label(), HiddenReason: dimension.Hidden.Text(),
		}
		for _, group := range dimension.Groups {
			of.Groups = append(of.Groups, disparityGroup(group))
		}
		message.Dimensions = append(message.Dimensions, of)
	}
	return message
}

func disparityGroup(g disparity.Group) *scoringv1.DisparityGroup {
	message := &scoringv1.DisparityGroup{
		Keys: g.Keys, People: int32(g.People), Counts: predicateCounts(g.Counts), GoodPercent: g.GoodPercent,
		MeanAchievement: g.MeanAchievement, Ratio: g.Ratio,
		Flag: valueOf[scoringv1.DisparityGroup_Flag](scoringv1.DisparityGroup_Flag_value, g.Flag, prefixFlag),
	}
	for _, key := range g.Keys {
		message.Labels = append(message.Labels, disparity.Label(key))
	}
	return message
}
