package e2e

import (
	"net/http"
	"testing"
)

// leaves goes over HTTP from the plan of a whole year to what is left of its angka kredit when its owner leaves in mid-year, and
// then has somebody else take the post.
func leaves(t *testing.T, r *region) {
	r.found(t, "KIND_AGENCY", object{
		"title": "Analis Kebijakan Ahli Pertama", "kind": "KIND_FUNCTIONAL", "functionalLevel": "FUNCTIONAL_LEVEL_AHLI_PERTAMA",
		"jobFamily": "JOB_FAMILY_OTHER",
	})
	r.open(t, opened{periodOfYear, rulePackOf("permenpanrb-6-2022"), 2026, 1})
	indicators := []measured{{"r1", "QUANTITY", "", "NORMAL", "Telaahan kebijakan", "dokumen", "10", "9"}}
	r.agree(t, periodOfYear, indicators)
	r.report(t, periodOfYear, indicators)
	r.assess(t, periodOfYear, "MEETS", "MEETS")
	// Baik is the whole of the 12.50 of an Ahli Pertama in a year.
	score := regionScore{
		State: "STATE_COMPLETE", Predicate: "PREDICATE_GOOD", SuggestedRating: "EXPECTATION_UNSPECIFIED", Achievement: "90.00", Credit: "12.50",
		Missing: missingInputs("components/survey"),
	}
	r.shows(t, periodOfYear, score)
	r.send(t, r.admin(t, "admin"), http.MethodPost, "assignments/"+worker+":end", object{"endDate": day(2026, 9)})
	// January to August: 12.50 × 8 / 12
	score.Credit = "8.33"
	r.shows(t, periodOfYear, score)
	r.send(t, r.admin(t, "admin"), http.MethodPost, "assignments", object{
		"person": r.ref("people", workPeers[0]), "position": r.ref("positions", worker), "kind": "KIND_ACTING", "startDate": day(2026, 9),
	})
}
