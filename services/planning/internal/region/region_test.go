package region_test

import (
	"testing"

	"github.com/kinerja-suite/kinerja/services/planning/internal/region"
)

func TestTable(t *testing.T) {
	t.Parallel()
	table, err := region.Load()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{
		"12": "Sumatera Utara", "1271": "Kota Medan", "1275": "Kota Binjai", "1708": "Kabupaten Kepahiang",
		"3374": "Kota Semarang", "3322": "Kabupaten Semarang", "34": "Daerah Istimewa Yogyakarta", "3402": "Kabupaten Bantul",
	}
	for id, name := range known {
		r, ok := table.Find(id)
		if !ok || r.Name != name || r.Population < 1 || r.TenantID != id {
			t.Errorf("%s is %+v, want %s", id, r, name)
		}
	}
	for _, id := range []string{"", "3", "00", "9999", "34.02", "340201"} {
		_, ok := table.Find(id)
		if ok {
			t.Errorf("%q is a region", id)
		}
	}
	provinces, others := 0, 0
	for i := range 10000 {
		if i < 100 && has(table, two(i)) {
			provinces++
		}
		if has(table, two(i/100)+two(i%100)) {
			others++
		}
	}
	if provinces != 38 || others != 514 {
		t.Errorf("%d provinces and %d kabupaten and kota, want 38 and 514", provinces, others)
	}
}

func has(t *region.Table, id string) bool {
	_, ok := t.Find(id)
	return ok
}

func two(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
