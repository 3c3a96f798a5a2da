package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/kinerja-suite/kinerja/deploy/standalone"
	"github.com/kinerja-suite/kinerja/deploy/standalone/demo"
)

// superiorID is the superior of the demonstration's nurse, who may change her rating.
const superiorID = "kepala-melati"

// present prints the table, and commands that a visitor may repeat as they stand.
func present(ctx context.Context, out io.Writer, suite *standalone.Suite, loader *demo.Loader, data string) error {
	fmt.Fprintln(out)
	err := loader.Show(ctx, out)
	if err != nil {
		return err
	}
	admin, err := tokenFile(data, "admin", loader.Tokens().Admin)
	if err != nil {
		return err
	}
	superior, err := tokenFile(data, superiorID, func() (string, error) { return loader.Tokens().Person(superiorID) })
	if err != nil {
		return err
	}
	period := fmt.Sprintf("http://%s/v1/tenants/%s/periods/%s", suite.HTTPAddr(), demo.TenantID, demo.PeriodID)
	fmt.Fprintf(out, `
Referensi API: http://%[1]s/docs. Perintah berikut dapat langsung dijalankan.

1. Nilai seorang perawat beserta penjelasan dan jejak hitungnya:
curl -s -H "Authorization: Bearer $(cat %[2]s)" '%[4]s/scores/%[5]s?view=VIEW_FULL'

2. Atasannya mengubah rating perilaku menjadi di atas ekspektasi:
curl -s -X PATCH -H "Authorization: Bearer $(cat %[3]s)" -H 'Content-Type: application/json' -d '{"resultRating":"EXPECTATION_ABOVE","behaviorRating":"EXPECTATION_ABOVE"}' '%[4]s/ratings/%[5]s'

3. Laporan menampilkan perubahan itu:
curl -s -H "Authorization: Bearer $(cat %[2]s)" '%[4]s/personReports/%[5]s'

Ctrl-C menghentikan seluruh layanan; data tersimpan di %[6]s.
`, suite.HTTPAddr(), admin, superior, period, demo.NurseID, data)
	return nil
}

// tokenFile keeps a token of the demonstration where only its owner may read it, and returns the path.
func tokenFile(data, name string, sign func() (string, error)) (string, error) {
	token, err := sign()
	if err != nil {
		return "", err
	}
	path := filepath.Join(data, "tokens", name)
	err = os.MkdirAll(filepath.Dir(path), 0o700)
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, []byte(token), 0o600)
}
