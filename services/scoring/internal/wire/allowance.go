package wire

import (
	"strconv"
	"strings"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/etag"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
)

// Patterns of the names of allowances.
const (
	AllowanceTablePattern = TenantPattern + "/allowanceTables/{allowance_table}"
	AllowanceSlipPattern  = PersonPattern + "/allowanceSlips/{month}"

	versions = "/versions/"
)

// AllowanceTableName returns the name of a version.
func AllowanceTableName(key app.TableKey) string {
	return resource.Name(AllowanceTablePattern, key.Tenant, key.ID) + versions + strconv.FormatInt(key.Version, 10)
}

// ParseAllowanceTable reads the name of a version, and returns false for any other text.
func ParseAllowanceTable(name string) (app.TableKey, bool) {
	table, text, _ := strings.Cut(name, versions)
	ids, err := resource.Parse(AllowanceTablePattern, table)
	if err != nil {
		return app.TableKey{}, false
	}
	version, err := strconv.ParseInt(text, 10, 64)
	key := app.TableKey{Tenant: ids["tenant"], ID: ids["allowance_table"], Version: version}
	return key, err == nil && version > 0 && AllowanceTableName(key) == name
}

// AllowanceTable returns the message of a version.
func AllowanceTable(t app.AllowanceTable) *scoringv1.AllowanceTable {
	name := AllowanceTableName(t.TableKey)
	message := &scoringv1.AllowanceTable{
		Name:         name,
		DisplayName:  t.DisplayName,
		Regulation:   t.Regulation,
		State:        scoringv1.AllowanceTable_STATE_DRAFT,
		ContentHash:  t.Hash,
		Content:      t.Content,
		ExampleCount: int32(t.Examples),
		Author:       t.Author,
		CreateTime:   timestamp(t.CreateTime),
		Publisher:    t.Publisher,
		PublishTime:  timestamp(t.PublishTime),
		Etag:         etag.Of(name, t.State()),
	}
	month, ok := allowance.ParseMonth(strings.ReplaceAll(t.EffectiveFrom, "-", "")[:len("202601")])
	if ok {
		message.EffectiveDate = Date(month.Start())
	}
	if t.Published() {
		message.State = scoringv1.AllowanceTable_STATE_PUBLISHED
	}
	return message
}

// AllowanceSlip returns the message of a slip with its explanation.
func AllowanceSlip(s app.StoredSlip) *scoringv1.AllowanceSlip {
	message := &scoringv1.AllowanceSlip{
		Name:               resource.Name(AllowanceSlipPattern, s.Tenant, s.Person, s.Month.String()),
		State:              valueOf[scoringv1.AllowanceSlip_State](scoringv1.AllowanceSlip_State_value, s.Slip.State, prefixState),
		Total:              s.Slip.Total,
		Explanation:        s.Slip.Sentences(),
		AllowanceTable:     AllowanceTableName(s.Table),
		AllowanceTableHash: s.TableHash,
		FactsRevision:      s.FactsRevision,
		Revision:           s.Revision,
		Digest:             s.Digest,
		ComputeTime:        timestamp(s.ComputeTime),
	}
	for _, line := range s.Slip.Lines {
		message.Lines = append(message.Lines, allowanceLine(line))
	}
	for _, m := range s.Slip.Missing {
		message.Missing = append(message.Missing, &scoringv1.AllowanceMissing{
			Fact: m.Fact, Description: m.Description,
			Policy: valueOf[scoringv1.AllowanceMissing_Policy](scoringv1.AllowanceMissing_Policy_value, m.Policy, prefixPolicy),
		})
	}
	return message
}

func allowanceLine(l allowance.Line) *scoringv1.AllowanceLine {
	message := &scoringv1.AllowanceLine{
		Id: l.ID, Label: l.Label, Exact: l.Exact, Amount: l.Amount, Note: l.Note,
		Kind: valueOf[scoringv1.AllowanceLine_Kind](scoringv1.AllowanceLine_Kind_value, l.Kind, prefixKind),
	}
	for _, o := range l.Operands {
		message.Operands = append(message.Operands, &scoringv1.AllowanceOperand{Label: o.Label, Value: o.Value, Unit: o.Unit})
	}
	return message
}
