package calibration

import "slices"

// Obstacle is one thing that a session lacks before it can be closed.
type Obstacle struct {
	Kind ObstacleKind
	// Unit is the id of the unit concerned, Rule the id of the rule, Person that of the person of an adjustment and Decision the
	// name of its decision; empty where the obstacle has none.
	Unit, Rule, Person, Decision string
}

// ObstacleKind is what is lacking.
type ObstacleKind string

// The obstacles.
const (
	// ObstacleParticipants means that fewer than MinParticipants take part.
	ObstacleParticipants ObstacleKind = "participants"
	// ObstacleFourEyes means that the closer alone has adjusted.
	ObstacleFourEyes ObstacleKind = "four_eyes"
	// ObstaclePending means that the decision which an adjustment has proposed waits for its second person: the counts at the
	// closing would not be those that the session has led to.
	ObstaclePending ObstacleKind = "pending"
	// ObstacleUnrated means that the organisation is not rated, so that there is no pattern to compare with.
	ObstacleUnrated ObstacleKind = "unrated"
	// ObstacleUnjustified means that the unit deviates from the pattern without a justification of the current counts.
	ObstacleUnjustified ObstacleKind = "unjustified"
)

// Finding is what the check of one unit of the session has found.
type Finding struct {
	// Unit is an id.
	Unit string
	// Rated says that the organisation, or one above it, is rated.
	Rated bool
	// Unjustified are the ids of the rules from which it deviates without a justification of the current counts and
	// without its size explaining it.
	Unjustified []string
}

// Obstacles returns everything that keeps the closer from closing the session, in a fixed order.
func (s Session) Obstacles(closer string, adjustments []Adjustment, findings []Finding) []Obstacle {
	var obstacles []Obstacle
	if len(s.Participants) < MinParticipants {
		obstacles = append(obstacles, Obstacle{Kind: ObstacleParticipants})
	}
	if onlyAdjuster(closer, adjustments) {
		obstacles = append(obstacles, Obstacle{Kind: ObstacleFourEyes})
	}
	for _, a := range adjustments {
		if a.Pending {
			obstacles = append(obstacles, Obstacle{Kind: ObstaclePending, Person: a.Person, Decision: a.Decision})
		}
	}
	for _, finding := range findings {
		if !finding.Rated {
			obstacles = append(obstacles, Obstacle{Kind: ObstacleUnrated, Unit: finding.Unit})
		}
		for _, rule := range finding.Unjustified {
			obstacles = append(obstacles, Obstacle{Kind: ObstacleUnjustified, Unit: finding.Unit, Rule: rule})
		}
	}
	return obstacles
}

// onlyAdjuster reports whether there are adjustments and all are of the closer.
func onlyAdjuster(closer string, adjustments []Adjustment) bool {
	another := func(a Adjustment) bool { return a.Author != closer }
	return len(adjustments) > 0 && !slices.ContainsFunc(adjustments, another)
}
