package domain

// predicate finds the predicate of two ratings in the matrix. No number takes part in it.
func (c *computation) predicate() {
	c.ratings()
	c.result.State = c.state()
	if c.result.State == StateIncomplete {
		return
	}
	c.result.Predicate = c.pack.def.Predicate.Matrix[c.result.ResultRating][c.result.BehaviorRating]
	resultID := idResultRating
	if c.in.Plan.UnitHead {
		resultID = idHeadRating
	}
	c.step(idPredicate, RulePredicate, string(c.result.Predicate), resultID, idBehaviorRating)
}

// ratings settles the two ratings that the matrix takes.
func (c *computation) ratings() {
	if c.in.Rating != nil {
		c.result.ResultRating, c.result.BehaviorRating = c.in.Rating.Result, c.in.Rating.Behavior
	}
	if c.in.Plan.UnitHead {
		c.headRating()
	}
	if c.result.ResultRating == "" {
		c.miss(InputResultRating, InputResultRating, c.resultRatingLabel())
	}
	if c.result.BehaviorRating == "" {
		c.missing(InputBehaviorRating)
	}
	if c.in.Organization == nil {
		c.missing(InputOrganization)
	}
}

// headRating gives the head of a unit the rating that follows from the unit's own, in place of the superior's. While
// the unit has none, the head has none either: what the superior thinks of the results does not stand in for it.
func (c *computation) headRating() {
	c.result.ResultRating = ""
	if c.in.Organization == nil {
		return
	}
	c.result.ResultRating = c.pack.def.UnitHead.Ratings[c.in.Organization.Level]
	c.step(idHeadRating, RuleUnitHead, string(c.result.ResultRating), idOrganization)
}

// resultRatingLabel names the result rating; that of a head names the rule by which it follows from the unit's.
func (c *computation) resultRatingLabel() string {
	if c.in.Plan.UnitHead {
		return c.pack.rules[RuleUnitHead].Label
	}
	return c.pack.inputs[InputResultRating].Label
}
