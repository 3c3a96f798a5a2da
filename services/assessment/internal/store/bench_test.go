package store_test

import (
	"fmt"
	"strconv"
	"testing"

	"github.com/kinerja-suite/kinerja/services/assessment/internal/domain"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store"
	"github.com/kinerja-suite/kinerja/services/assessment/internal/store/migrations"
	"github.com/kinerja-suite/kinerja/services/kit/kittest"
)

// BenchmarkFacts reads the facts of people and of one surveyed unit, which is on the way from a change to its score.
func BenchmarkFacts(b *testing.B) {
	for _, engine := range kittest.Engines(b) {
		b.Run(engine.Name, func(b *testing.B) {
			db := engine.DB(b, migrations.FS)
			fixture := &bench{db: db}
			fixture.store = store.New(db, fixture)
			fill(b, fixture)
			for _, n := range []int{1, 500} {
				ids := make([]string, n)
				for i := range ids {
					ids[i] = "p" + strconv.Itoa(i)
				}
				b.Run(fmt.Sprintf("people=%d", n), func(b *testing.B) {
					for b.Loop() {
						facts, err := fixture.store.PersonFacts(b.Context(), query(ids...))
						if err != nil || len(facts) != n {
							b.Fatalf("%d facts, %v", len(facts), err)
						}
					}
				})
			}
			b.Run("unit", func(b *testing.B) {
				for b.Loop() {
					_, err := fixture.store.UnitFacts(b.Context(), query("dinkes"))
					if err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// fill adds 500 people with eight reported indicators, two ratings and four peers each, and 400 responses.
func fill(b *testing.B, fixture *bench) {
	b.Helper()
	for i := range 500 {
		person := "p" + strconv.Itoa(i)
		for n := range 8 {
			p := progress(fmt.Sprintf("r%d", n), noon, "12")
			p.Person, p.Indicator = person, "results/r1/indicators/"+strconv.Itoa(n)
			failed(b, fixture.store.AddProgress(b.Context(), p))
		}
		r := rating()
		r.Person = person
		for range 2 {
			_, err := fixture.store.SetRating(b.Context(), r, whatever)
			failed(b, err)
		}
		for n := range 4 {
			failed(b, fixture.store.AddPeerReview(b.Context(), domain.PeerReview{
				Tenant: tenant, Period: period, Person: person, Rater: domain.RaterMark{byte(n)}, Day: today,
			}))
		}
	}
	s := domain.Survey{Tenant: tenant, Period: period, ID: "skm", Unit: "dinkes", Start: today, End: today, CreateTime: noon}
	failed(b, fixture.store.AddSurvey(b.Context(), s))
	for range 400 {
		failed(b, fixture.store.AddResponse(b.Context(), domain.Submission{
			Survey: s, Response: domain.Response{4, 3, 4, 3, 4, 3, 4, 3, 4}, Day: today,
		}))
	}
}

func failed(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
