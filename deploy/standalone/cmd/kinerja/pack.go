package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/kinerja-suite/kinerja/services/scoring/rulepack"
)

// exitData is the code of a rule pack that is not valid or whose examples fail.
const exitData = 65

const packUsage = `cara pakai: kinerja pack PERINTAH

  lint BERKAS…            periksa paket aturan; berkas yang disebut boleh saling menjadi dasar
  test BERKAS…            jalankan contoh perhitungan di dalam paket aturan
  diff LAMA BARU [DASAR…] tampilkan perbedaan dua paket aturan
  show PAKET              tampilkan paket aturan bawaan
  schema                  tampilkan JSON Schema bahasa paket aturan

BERKAS boleh juga nama paket bawaan, misalnya rulePacks/permenpanrb-6-2022/versions/1.
Kode akhir: 0 baik, 64 cara pakai salah, 65 paket tidak sah atau contoh tidak sesuai, 70 gagal.`

// packCommand checks rule packs without a service.
func packCommand(out io.Writer, args []string) error {
	if len(args) == 0 {
		return packMisused()
	}
	if args[0] == "help" || slices.ContainsFunc(args, asksHelp) {
		_, err := fmt.Fprintln(out, packUsage)
		return err
	}
	library, err := rulepack.NewLibrary()
	if err != nil {
		return err
	}
	p := packs{out: out, library: library}
	verb, args := args[0], args[1:]
	switch {
	case verb == "schema" && len(args) == 0:
		_, err = out.Write(rulepack.Schema())
		return err
	case verb == "show" && len(args) == 1:
		return p.show(args[0])
	case verb == "lint" && len(args) > 0:
		return p.each(args, p.lint)
	case verb == "test" && len(args) > 0:
		return p.each(args, p.test)
	case verb == "diff" && len(args) > 1:
		return p.diff(args[0], args[1], args[2:])
	}
	return packMisused()
}

// asksHelp reports whether somebody asks how the command is called.
func asksHelp(arg string) bool { return arg == "-h" || arg == "--help" }

func packMisused() error {
	fmt.Fprintln(os.Stderr, packUsage)
	return errUsage
}

// errNoFile is a file that is not there.
var errNoFile = errors.New("tidak ditemukan")

// packs runs one command.
type packs struct {
	out     io.Writer
	library *rulepack.Library
}

// read returns a file, or a pack that the suite carries.
func (p packs) read(name string) ([]byte, error) {
	content, ok := p.library.Content(name)
	if ok {
		return content, nil
	}
	if strings.HasPrefix(name, "rulePacks/") {
		return nil, fmt.Errorf("%s tidak ada; paket bawaan: %s", name, strings.Join(p.library.Names(), ", "))
	}
	content, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("berkas %s %w; periksa nama dan direktorinya", name, errNoFile)
	}
	if err != nil {
		return nil, fmt.Errorf("berkas %s tidak dapat dibaca: %w", name, err)
	}
	return content, nil
}

// readAll reads files that may build on each other.
func (p packs) readAll(names []string) ([][]byte, error) {
	contents := make([][]byte, len(names))
	for i, name := range names {
		content, err := p.read(name)
		if err != nil {
			return nil, err
		}
		p.library.Add(content)
		contents[i] = content
	}
	return contents, nil
}

// each checks every file, and fails when one of them did.
func (p packs) each(names []string, check func(name string, content []byte) (bool, error)) error {
	contents, err := p.readAll(names)
	if err != nil {
		return err
	}
	all := true
	for i, name := range names {
		good, err := check(name, contents[i])
		if err != nil {
			return err
		}
		all = all && good
	}
	if !all {
		return exitError(exitData)
	}
	return nil
}

func (p packs) lint(name string, content []byte) (bool, error) {
	problems, valid := p.library.Lint(content)
	warnings := 0
	for _, problem := range problems {
		fmt.Fprintf(p.out, "%s: %s\n", name, problem.Text)
		if problem.Warning {
			warnings++
		}
	}
	if !valid {
		fmt.Fprintf(p.out, "%s: tidak sah, %d kesalahan.\n", name, len(problems)-warnings)
		return false, nil
	}
	fmt.Fprintf(p.out, "%s: sah, %d peringatan.\n", name, warnings)
	return true, nil
}

func (p packs) test(name string, content []byte) (bool, error) {
	outcomes, err := p.library.Test(content)
	if errors.Is(err, rulepack.ErrInvalid) {
		return p.lint(name, content)
	}
	if err != nil {
		return false, err
	}
	failed := 0
	for _, outcome := range outcomes {
		if len(outcome.Differences) == 0 {
			continue
		}
		failed++
		fmt.Fprintf(p.out, "%s: baris %d, contoh “%s”: %s\n", name, outcome.Line, outcome.Name, strings.Join(outcome.Differences, "; "))
	}
	fmt.Fprintf(p.out, "%s: %d dari %d contoh sesuai.\n", name, len(outcomes)-failed, len(outcomes))
	return failed == 0, nil
}

// diff says what the newer file changes; both may build on the others.
func (p packs) diff(older, newer string, bases []string) error {
	contents, err := p.readAll(append([]string{older, newer}, bases...))
	if err != nil {
		return err
	}
	sentences, err := p.library.Diff(contents[0], contents[1])
	if errors.Is(err, rulepack.ErrInvalid) {
		return p.each([]string{older, newer}, p.lint)
	}
	if err != nil {
		return err
	}
	for _, sentence := range sentences {
		fmt.Fprintln(p.out, sentence)
	}
	return nil
}

// show prints a pack that the suite carries, for whoever wants to build on it.
func (p packs) show(name string) error {
	content, ok := p.library.Content(name)
	if !ok {
		return fmt.Errorf("%s tidak ada; paket bawaan: %s", name, strings.Join(p.library.Names(), ", "))
	}
	_, err := p.out.Write(content)
	return err
}
