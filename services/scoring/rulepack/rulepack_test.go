package rulepack_test

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/scoring/rulepack"
)

func library(t *testing.T) *rulepack.Library {
	t.Helper()
	l, err := rulepack.NewLibrary()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func content(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile("../internal/pack/testdata/language/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestLint(t *testing.T) {
	t.Parallel()
	l := library(t)
	problems, valid := l.Lint(content(t, "child.yaml"))
	if valid || len(problems) != 1 || problems[0].Warning || !strings.Contains(problems[0].Text, "baris 5, kolom 7, base: paket dasar rulePacks/contoh/versions/1 tidak ditemukan") {
		t.Fatalf("without its base: %v, %v", problems, valid)
	}
	l.Add(content(t, "small.yaml"))
	problems, valid = l.Lint(content(t, "child.yaml"))
	if !valid || len(problems) != 1 || !problems[0].Warning {
		t.Fatalf("with its base: %v, %v", problems, valid)
	}
	l.Add([]byte(strings.Replace(string(content(t, "small.yaml")), "version: 1", "version: 1\nbase: rulePacks/contoh-kecamatan/versions/2", 1)))
	l.Add(content(t, "child.yaml"))
	_, valid = l.Lint(content(t, "child.yaml"))
	if valid {
		t.Fatal("files that build on each other were taken")
	}
}

func TestTest(t *testing.T) {
	t.Parallel()
	l := library(t)
	small := string(content(t, "small.yaml"))
	got, err := l.Test([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	want := []rulepack.Outcome{{Name: "target tercapai", Line: 78}}
	diff := cmp.Diff(want, got)
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	got, err = l.Test([]byte(strings.Replace(small, `value: "100.60"`, `value: "100.61"`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	want[0].Differences = []string{"value seharusnya 100.61, tetapi hasilnya 100.60"}
	diff = cmp.Diff(want, got)
	if diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	_, err = l.Test([]byte("id: x"))
	if !errors.Is(err, rulepack.ErrInvalid) {
		t.Fatalf("error is %v, want ErrInvalid", err)
	}
}

func TestDiff(t *testing.T) {
	t.Parallel()
	l := library(t)
	small := string(content(t, "small.yaml"))
	got, err := l.Diff([]byte(small), []byte(strings.Replace(small, "cap: 120", "cap: 150", 1)))
	diff := cmp.Diff([]string{"Capaian tertinggi dalam ketentuan capaian indikator berubah dari 120 menjadi 150."}, got)
	if err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	got, err = l.Diff([]byte(small), []byte(small))
	diff = cmp.Diff([]string{"Kedua paket sama; tidak ada perubahan."}, got)
	if err != nil || diff != "" {
		t.Fatalf("%v (-want +got):\n%s", err, diff)
	}
	for _, pair := range [][2]string{{"id: x", small}, {small, "id: x"}} {
		_, err = l.Diff([]byte(pair[0]), []byte(pair[1]))
		if !errors.Is(err, rulepack.ErrInvalid) {
			t.Fatalf("error is %v, want ErrInvalid", err)
		}
	}
}

func TestContent_is_that_of_the_packs_of_the_suite(t *testing.T) {
	t.Parallel()
	l := library(t)
	for _, name := range l.Names() {
		text, ok := l.Content(name)
		_, valid := l.Lint(text)
		if !ok || !valid {
			t.Errorf("%s: %v, %v", name, ok, valid)
		}
	}
	_, ok := l.Content("rulePacks/x/versions/1")
	if ok || len(l.Names()) == 0 {
		t.Error("an unknown pack has a content, or there is none")
	}
}

func TestSchema_is_JSON(t *testing.T) {
	t.Parallel()
	if !json.Valid(rulepack.Schema()) {
		t.Fatal("it is not")
	}
}
