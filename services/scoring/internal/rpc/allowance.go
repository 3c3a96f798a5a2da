package rpc

import (
	"context"
	"errors"
	"strconv"
	"strings"

	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/page"
	"github.com/kinerja-suite/kinerja/services/kit/resource"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/app"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/allowance"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/wire"
)

type allowanceServer struct {
	scoringv1.UnimplementedAllowanceServiceServer
	allowances *app.Allowances
	tokens     *page.Codec
}

// CreateAllowanceTable adds a draft.
func (s *allowanceServer) CreateAllowanceTable(
	ctx context.Context, request *scoringv1.CreateAllowanceTableRequest,
) (*scoringv1.AllowanceTable, error) {
	tenant, err := tenantOf(request.GetParent())
	if err != nil {
		return nil, err
	}
	table, err := s.allowances.CreateTable(ctx, tenant, request.GetAllowanceTableId(), request.GetContent())
	if err != nil {
		return nil, refusal(err, request.GetAllowanceTableId())
	}
	return wire.AllowanceTable(table), nil
}

// GetAllowanceTable returns a version with its content.
func (s *allowanceServer) GetAllowanceTable(
	ctx context.Context, request *scoringv1.GetAllowanceTableRequest,
) (*scoringv1.AllowanceTable, error) {
	key, err := tableOf(request.GetName())
	if err != nil {
		return nil, err
	}
	table, err := s.allowances.Table(ctx, key)
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.AllowanceTable(table), nil
}

// ListAllowanceTables lists versions by id and version.
func (s *allowanceServer) ListAllowanceTables(
	ctx context.Context, request *scoringv1.ListAllowanceTablesRequest,
) (*scoringv1.ListAllowanceTablesResponse, error) {
	tenant, err := tenantOf(request.GetParent())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	after := app.TableKey{Tenant: tenant}
	id, version, paged := strings.Cut(l.after, "/")
	if paged {
		after.ID = id
		after.Version, err = revisionOf(version)
		if err != nil {
			return nil, err
		}
	}
	tables, err := s.allowances.Tables(ctx, after, l.limit+1)
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	tables, next := cut(l, tables, func(t app.AllowanceTable) string { return t.ID + "/" + strconv.FormatInt(t.Version, 10) })
	response := &scoringv1.ListAllowanceTablesResponse{NextPageToken: next}
	for _, table := range tables {
		response.AllowanceTables = append(response.AllowanceTables, wire.AllowanceTable(table))
	}
	return response, nil
}

// PublishAllowanceTable publishes a draft.
func (s *allowanceServer) PublishAllowanceTable(
	ctx context.Context, request *scoringv1.PublishAllowanceTableRequest,
) (*scoringv1.AllowanceTable, error) {
	key, err := tableOf(request.GetName())
	if err != nil {
		return nil, err
	}
	table, err := s.allowances.PublishTable(ctx, key, request.GetName(), request.GetEtag())
	if err != nil {
		return nil, refusal(err, request.GetName())
	}
	return wire.AllowanceTable(table), nil
}

// GetAllowanceSlip returns a slip to those who may see it.
func (s *allowanceServer) GetAllowanceSlip(
	ctx context.Context, request *scoringv1.GetAllowanceSlipRequest,
) (*scoringv1.AllowanceSlip, error) {
	key, err := slipOf(request.GetName())
	if err != nil {
		return nil, err
	}
	slip, err := s.allowances.Slip(ctx, key, request.GetRevision())
	if err != nil {
		return nil, noSlip(err, request)
	}
	return wire.AllowanceSlip(slip), nil
}

// VerifyAllowanceSlip repeats the computation of a slip for those who may see it.
func (s *allowanceServer) VerifyAllowanceSlip(
	ctx context.Context, request *scoringv1.VerifyAllowanceSlipRequest,
) (*scoringv1.VerifyAllowanceSlipResponse, error) {
	key, err := slipOf(request.GetName())
	if err != nil {
		return nil, err
	}
	v, err := s.allowances.VerifySlip(ctx, key, request.GetRevision())
	if err != nil {
		return nil, noSlip(err, request)
	}
	return &scoringv1.VerifyAllowanceSlipResponse{
		Verified: v.Verified, Revision: v.Revision, StoredDigest: v.Stored, ComputedDigest: v.Computed,
	}, nil
}

// ListAllowanceSlips lists the current slips of a month by person.
func (s *allowanceServer) ListAllowanceSlips(
	ctx context.Context, request *scoringv1.ListAllowanceSlipsRequest,
) (*scoringv1.ListAllowanceSlipsResponse, error) {
	tenant, err := tenantOf(request.GetParent())
	if err != nil {
		return nil, err
	}
	month, err := monthOf("month", request.GetMonth())
	if err != nil {
		return nil, err
	}
	l, err := beginList(s.tokens, request)
	if err != nil {
		return nil, err
	}
	slips, err := s.allowances.Slips(ctx, tenant, month, app.MonthPage{Token: l.after, Limit: l.limit})
	if err != nil {
		return nil, refusal(err, request.GetParent())
	}
	response := &scoringv1.ListAllowanceSlipsResponse{}
	for _, slip := range slips.Slips {
		response.AllowanceSlips = append(response.AllowanceSlips, wire.AllowanceSlip(slip))
	}
	if slips.Next != "" {
		response.NextPageToken = l.tokens.Encode([]string{slips.Next}, l.checksum)
	}
	return response, nil
}

// noSlip returns the fault of a request for a slip, which may ask for one revision.
func noSlip(err error, request interface {
	GetName() string
	GetRevision() int64
},
) error {
	if request.GetRevision() == 0 || !errors.Is(err, app.ErrNotFound) {
		return refusal(err, request.GetName())
	}
	revision := strconv.FormatInt(request.GetRevision(), 10)
	return missing("revision", request.GetName(), "There is no revision "+revision+" of "+request.GetName()+".",
		"Revisi "+revision+" dari "+request.GetName()+" tidak ditemukan. Kosongkan isian revision untuk melihat revisi terakhir.").Because(err)
}

// tenantOf reads the tenant of a parent.
func tenantOf(parent string) (string, error) {
	ids, err := resource.ParseField("parent", wire.TenantPattern, parent)
	if err != nil {
		return "", err
	}
	return ids["tenant"], nil
}

// tableOf reads the name of a version of an allowance table.
func tableOf(name string) (app.TableKey, error) {
	key, ok := wire.ParseAllowanceTable(name)
	if !ok {
		return app.TableKey{}, fault.Invalid(fault.Field("name", fault.ReasonInvalidName, "pattern", wire.AllowanceTablePattern+"/versions/{version}"))
	}
	return key, nil
}

// slipOf reads the name of a slip.
func slipOf(name string) (app.SlipKey, error) {
	ids, err := resource.ParseField("name", wire.AllowanceSlipPattern, name)
	if err != nil {
		return app.SlipKey{}, err
	}
	month, err := monthOf("name", ids["month"])
	return app.SlipKey{Tenant: ids["tenant"], Person: ids["person"], Month: month}, err
}

// monthOf reads the month in the field at path.
func monthOf(path, text string) (allowance.Month, error) {
	month, ok := allowance.ParseMonth(text)
	if !ok {
		return allowance.Month{}, fault.Invalid(fault.Field(path, fault.ReasonInvalidDate).Worded(
			"The month in "+path+" must be written as YYYYMM, such as 202609.",
			"Bulan pada isian "+path+" tidak sah. Tulis bulan sebagai YYYYMM, misalnya 202609."))
	}
	return month, nil
}
