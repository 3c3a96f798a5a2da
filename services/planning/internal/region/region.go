// Package region knows the provinces, kabupaten and kota of Indonesia: their codes, official names and inhabitants.
//
// The facts are those of Kepmendagri 300.2.2-2138/2025, in regions.csv, which is part of the binary. A tenant's id is
// the code without its dot: 34.02 is the tenant 3402. The table never changes while the process runs.
//
// This package does not know which regions are tenants, and nothing below kabupaten and kota.
package region

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

//go:embed regions.csv
var source string

var codePattern = regexp.MustCompile(`^[0-9]{2}(\.[0-9]{2})?$`)

// Region is a province, kabupaten or kota.
type Region struct {
	// TenantID is the code without the dot, 2 digits for a province and 4 for the others.
	TenantID string
	Name     string
	// Population is the number of inhabitants, above 0.
	Population int32
}

// Table holds the regions by tenant id. It is safe for concurrent use.
type Table struct{ byTenant map[string]Region }

// Load returns the table of the binary. It fails only when the file in the binary is damaged.
func Load() (*Table, error) {
	rows, err := csv.NewReader(strings.NewReader(source)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read regions: %w", err)
	}
	if len(rows) < 2 {
		return nil, errors.New("read regions: the file is empty")
	}
	t := &Table{byTenant: make(map[string]Region, len(rows)-1)}
	for i, row := range rows[1:] {
		r, err := parse(row)
		if err != nil {
			return nil, fmt.Errorf("read regions, line %d: %w", i+2, err)
		}
		t.byTenant[r.TenantID] = r
	}
	return t, nil
}

func parse(row []string) (Region, error) {
	if len(row) != 3 || !codePattern.MatchString(row[0]) || row[1] == "" {
		return Region{}, errors.New("a line is code, name and population")
	}
	n, err := strconv.ParseInt(row[2], 10, 32)
	if err != nil || n < 1 {
		return Region{}, fmt.Errorf("population %q is no number above 0", row[2])
	}
	return Region{TenantID: strings.ReplaceAll(row[0], ".", ""), Name: row[1], Population: int32(n)}, nil
}

// Find returns the region of a tenant id, and whether there is one.
func (t *Table) Find(tenantID string) (Region, bool) {
	r, ok := t.byTenant[tenantID]
	return r, ok
}
