package domain

import (
	"slices"
	"strconv"
	"strings"
)

// Former is before the number of a plan or goal that a later trace does not have: segments/former-2/, contributions/former-1/.
const Former = "former-"

// Beside returns the inputs and steps of the trace with the ids that they have in a later one of the same person. From trace to
// trace plans and goals keep their names, but not their numbers. What the later one does not have gets an id with Former,
// so that it is not taken for what has its number now. Steps that belong to all of several plans keep their ids.
func (t *Trace) Beside(later *Trace) ([]TraceInput, []TraceStep) {
	ids := renamings(t.Facts.Segments, later.Facts.Segments)
	inputs, steps := t.Inputs(), slices.Clone(t.Steps)
	for i := range inputs {
		inputs[i].ID = ids.of(inputs[i].ID)
	}
	for i := range steps {
		step := &steps[i]
		step.ID, step.Operands = ids.of(step.ID), slices.Clone(step.Operands)
		for n, operand := range step.Operands {
			step.Operands[n] = ids.of(operand)
		}
	}
	return inputs, steps
}

// renaming is what ids begin with in an earlier trace and in a later one.
type renaming struct{ before, after string }

// renamed are in the order in which they are tried: a goal comes before its plan.
type renamed []renaming

func renamings(segments, later []Segment) renamed {
	var all renamed
	for i, at := range counterparts(segments, later, func(s *Segment) string { return s.Plan.Source }) {
		plan := renaming{numberedOf(len(segments), i), segmentsPrefix + former(i)}
		if at != elsewhere {
			plan.after = numberedOf(len(later), at)
			all = append(all, plan.goals(segments[i].Contributions, later[at].Contributions)...)
		}
		all = append(all, plan)
	}
	return all
}

// goals returns the renamings of the goals of a plan.
func (r renaming) goals(goals, later []Contribution) renamed {
	var all renamed
	for i, at := range counterparts(goals, later, func(c *Contribution) string { return c.Goal }) {
		after := idContributions + former(i)
		if at != elsewhere {
			after = idContribution(at) + "/"
		}
		all = append(all, renaming{r.before + idContribution(i) + "/", r.after + after})
	}
	return all
}

// numberedOf returns the prefix of the ids of a segment among so many.
func numberedOf(segments, position int) string {
	if segments == 1 {
		return ""
	}
	return SegmentPrefix(position)
}

func former(position int) string { return Former + strconv.Itoa(position+1) + "/" }

// of returns an id of the earlier trace as the later one has it.
func (all renamed) of(id string) string {
	for _, r := range all {
		rest, is := strings.CutPrefix(id, r.before)
		if is {
			return r.after + rest
		}
	}
	return id
}

// counterparts returns for each of the list the position of the first of the others that has its name and is not the counterpart
// of one before it, and elsewhere where there is none.
func counterparts[T any](list, others []T, name func(*T) string) []int {
	taken, found := make([]bool, len(others)), make([]int, len(list))
	for i := range list {
		found[i] = elsewhere
		for n := range others {
			if !taken[n] && name(&list[i]) == name(&others[n]) {
				found[i], taken[n] = n, true
				break
			}
		}
	}
	return found
}
