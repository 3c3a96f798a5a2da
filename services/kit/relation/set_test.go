package relation_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	"github.com/kinerja-suite/kinerja/services/kit/relation"
)

func TestSet(t *testing.T) {
	t.Parallel()
	self, superior, peer := commonv1.Relation_RELATION_SELF, commonv1.Relation_RELATION_SUPERIOR, commonv1.Relation_RELATION_PEER
	s := relation.Of(superior, self, superior)
	t.Run("it_holds_what_was_given_once", func(t *testing.T) {
		t.Parallel()
		if diff := cmp.Diff([]commonv1.Relation{self, superior}, s.List()); diff != "" {
			t.Fatal(diff)
		}
		if s.String() != "SELF|SUPERIOR" || !s.Has(self) || s.Has(peer) || s.Empty() {
			t.Fatalf("set %s", s)
		}
	})
	t.Run("sets_meet_and_join", func(t *testing.T) {
		t.Parallel()
		other := relation.Of(peer, self)
		if !s.Meets(other) || s.And(other) != relation.Of(self) || s.Or(other) != relation.Of(self, superior, peer) {
			t.Fatal("wrong intersection or union")
		}
		if s.Meets(relation.Of(peer)) || s.Meets(0) {
			t.Fatal("sets that share nothing meet")
		}
	})
	t.Run("no_relation_is_in_no_set", func(t *testing.T) {
		t.Parallel()
		none := relation.Of(commonv1.Relation_RELATION_UNSPECIFIED, commonv1.Relation(64), commonv1.Relation(-3))
		if !none.Empty() || none.Has(commonv1.Relation_RELATION_UNSPECIFIED) || none.String() != "" {
			t.Fatalf("set %s", none)
		}
	})
	t.Run("every_relation_of_the_contract_has_a_place", func(t *testing.T) {
		t.Parallel()
		for number := range commonv1.Relation_name {
			r := commonv1.Relation(number)
			if number != 0 && !relation.Of(r).Has(r) {
				t.Errorf("%v has no place", r)
			}
		}
	})
}
