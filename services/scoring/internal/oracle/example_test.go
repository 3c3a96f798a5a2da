package oracle_test

import (
	"fmt"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
)

// example writes an input as the "given" of an example of a pack.
func example(in domain.Input) string {
	w := &strings.Builder{}
	w.WriteString("given:\n  segments:\n")
	for _, s := range in.Segments {
		writeSegment(w, s)
	}
	return w.String()
}

// writer writes one field in each line, those with an empty value not at all.
type writer struct{ *strings.Builder }

func (w writer) field(name string, value any) {
	if text := fmt.Sprint(value); text != "" && text != "false" && text != "0" {
		fmt.Fprintf(w, "%s%s: %s\n", "      ", name, text)
	}
}

func writeSegment(b *strings.Builder, s domain.Segment) {
	w := writer{b}
	fmt.Fprintf(w, "    - months: %d\n", s.Plan.Months)
	w.field("position", s.Plan.Position)
	w.field("family", s.Plan.Family)
	w.field("unit_kind", s.Plan.UnitKind)
	w.field("unit_head", s.Plan.UnitHead)
	w.field("functional_level", s.Plan.FunctionalLevel)
	if len(s.Plan.Indicators) > 0 {
		w.WriteString("      indicators:\n")
	}
	for _, i := range s.Plan.Indicators {
		fmt.Fprintf(w, "        - {%s}\n", strings.Join(indicatorFields(s, i), ", "))
	}
	if s.Rating != nil {
		given := fmt.Sprintf("behavior: %s", s.Rating.Behavior)
		if s.Rating.Result != "" {
			given = fmt.Sprintf("result: %s, %s", s.Rating.Result, given)
		}
		w.field("rating", "{"+given+"}")
	}
	if s.Behavior != nil {
		w.field("behavior", s.Behavior.Value.String()+" ")
	}
	if s.Organization != nil {
		w.field("organization", s.Organization.Level)
	}
	if s.Survey != nil {
		w.field("survey", fmt.Sprintf("{responses: %d, sums: [%s]}", s.Survey.Responses, sums(*s.Survey)))
	}
	for n, p := range s.Panels {
		if n == 0 {
			w.WriteString("      panels:\n")
		}
		fmt.Fprintf(w, "        - {group: %s, count: %d, questions: %d, sum: %d}\n", p.Group, p.Count, p.Questions, p.Sum)
	}
	if a := s.Attendance; a != nil {
		w.field("attendance", fmt.Sprintf("{working_days: %d, present_days: %d, late_minutes: %d}", a.WorkingDays, a.PresentDays, a.LateMinutes))
	}
	for n, c := range s.Contributions {
		if n == 0 {
			w.WriteString("      contributions:\n")
		}
		fmt.Fprintf(w, "        - {goal: %s, share: %s, achievement: %s}\n", c.Goal, c.Share, c.Achievement)
	}
	if s.Innovations != nil {
		var counts []string
		for _, c := range s.Innovations.Counts {
			counts = append(counts, fmt.Sprintf("%s: %d", c.Reach, c.Count))
		}
		w.field("innovations", "{"+strings.Join(counts, ", ")+"}")
	}
	if s.Tasks != nil {
		w.field("tasks", fmt.Sprintf("%d ", s.Tasks.Count))
	}
	if s.Prior != nil {
		w.field("prior", s.Prior.Value.String()+" ")
	}
}

// sums writes the sums in the order of the elements U1 to U9.
func sums(s domain.Survey) string {
	var all []string
	for _, element := range elements {
		for _, sum := range s.Sums {
			if sum.Element == element {
				all = append(all, fmt.Sprint(sum.Sum))
			}
		}
	}
	return strings.Join(all, ", ")
}

func indicatorFields(s domain.Segment, i domain.Indicator) []string {
	result := strings.TrimPrefix(strings.Split(i.ID, "/indicators/")[0], "results/")
	fields := []string{"result: " + result}
	field := func(name, value string) {
		if value != "" && value != "0" && value != "false" {
			fields = append(fields, name+": "+value)
		}
	}
	field("work", string(i.Work))
	field("aspect", string(i.Aspect))
	field("level", string(i.Level))
	field("attainable", fmt.Sprint(i.Attainable))
	field("weight", i.Weight.String())
	field("formula", string(i.Formula))
	field("target", i.Target.String())
	field("low", i.Low.String())
	field("high", i.High.String())
	if i.Source == domain.SourceSurveyIndex {
		field("source", string(i.Source))
	}
	for _, r := range s.Realisations {
		if r.Indicator == i.ID {
			fields = append(fields, "realisation: "+r.Value.String())
		}
	}
	return fields
}
