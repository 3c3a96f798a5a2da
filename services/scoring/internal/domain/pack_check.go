package domain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/govalues/decimal"

	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"
)

// Bounds of a pack. They keep every computation short and every number within the digits of a decimal.
const (
	// maxPlaces is the most digits after the point that a pack may keep.
	maxPlaces = 8
	// maxTerm is the largest number of a pack.
	maxTerm       = 10_000
	maxVersion    = 999_999
	maxSources    = 50
	maxComponents = 60
	maxCurve      = 200
	maxList       = 60
	maxLabel      = 200
	maxText       = 2_000
)

var (
	packID      = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,62}$`)
	packName    = regexp.MustCompile(`^rulePacks/[a-z0-9][a-z0-9-]{1,62}/versions/[1-9][0-9]{0,5}$`)
	componentID = regexp.MustCompile(`^[a-z][a-z0-9_]{0,29}$`)
	patternID   = regexp.MustCompile(`^[a-z][a-z0-9_.]{0,59}$`)
)

// check returns a *PackError with every problem, in the order of the file, or nil. After it, no computation of the pack
// meets a term that is not there, a divisor of zero or a number without its category.
func (d *Definition) check() error {
	c := checker{def: d, index: make(map[string]int, len(d.Components))}
	for i := range d.Components {
		_, twice := c.index[d.Components[i].ID]
		if !twice {
			c.index[d.Components[i].ID] = i
		}
	}
	c.head()
	c.sources()
	c.inputs()
	c.rules()
	c.achievement()
	c.components()
	c.shown()
	c.unitHead()
	c.predicate()
	c.suggestion()
	c.survey()
	c.segments()
	c.credit()
	c.distribution()
	c.allowance()
	if len(c.problems) == 0 {
		return nil
	}
	return &PackError{Problems: c.problems}
}

// checker collects the problems of one definition.
type checker struct {
	def *Definition
	// index is the position of each component by its id.
	index    map[string]int
	problems []Problem
}

func (c *checker) add(path, format string, args ...any) {
	c.problems = append(c.problems, Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) head() {
	d := c.def
	if !packID.MatchString(d.ID) {
		c.add("id", "“%s” bukan pengenal paket; pakai 2 sampai 63 huruf kecil, angka, atau tanda hubung", d.ID)
	}
	if d.Version < 1 || d.Version > maxVersion {
		c.add("version", "%d bukan nomor versi; pakai bilangan bulat 1 sampai %d", d.Version, maxVersion)
	}
	if d.Base != "" && !packName.MatchString(d.Base) {
		c.add("base", "“%s” bukan nama paket; tulis rulePacks/{id}/versions/{versi}", d.Base)
	}
	c.label("display_name", d.DisplayName)
	from, ok := c.date("effective_from", d.EffectiveFrom)
	if d.EffectiveUntil != "" {
		until, valid := c.date("effective_until", d.EffectiveUntil)
		if ok && valid && until.Before(from) {
			c.add("effective_until", "%s mendahului effective_from %s; hari terakhir harus sama atau sesudahnya", d.EffectiveUntil, d.EffectiveFrom)
		}
	}
	if d.Notice != "" {
		c.text("notice", d.Notice)
	}
}

func (c *checker) date(path, text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		c.add(path, "“%s” bukan tanggal; tulis dalam tanda kutip sebagai TTTT-BB-HH, misalnya \"2026-01-01\"", text)
	}
	return day, err == nil
}

func (c *checker) sources() {
	c.count("legal_sources", len(c.def.LegalSources), maxSources)
	seen := map[string]bool{}
	for i, source := range c.def.LegalSources {
		path := at("legal_sources", i)
		if !packID.MatchString(source.Key) {
			c.add(path+".key", "“%s” bukan kunci; pakai 2 sampai 63 huruf kecil, angka, atau tanda hubung", source.Key)
		}
		c.once(path+".key", seen, source.Key)
		c.label(path+".short", source.Short)
		c.text(path+".title", source.Title)
	}
}

// inputPolicies are the facts that a matrix needs, each with the policies that the rules can carry out. Without a rating
// the matrix has no row or no column, so no policy but a block makes sense.
var inputPolicies = []struct {
	id      string
	allowed []Policy
}{
	{InputResultRating, []Policy{PolicyBlock}},
	{InputBehaviorRating, []Policy{PolicyBlock}},
	{InputOrganization, []Policy{PolicyExclude, PolicyBlock, PolicyProvisional}},
}

func (c *checker) inputs() {
	if c.def.Predicate.Matrix == nil {
		if len(c.def.Inputs) > 0 {
			c.add("inputs", "hanya dipakai oleh predicate.matrix; hapus bagian ini")
		}
		return
	}
	seen := map[string]bool{}
	for i, input := range c.def.Inputs {
		path := at("inputs", i)
		c.once(path+".id", seen, input.ID)
		c.label(path+".label", input.Label)
		known := false
		for _, rule := range inputPolicies {
			if rule.id != input.ID {
				continue
			}
			known = true
			if !slices.Contains(rule.allowed, input.Missing) {
				c.add(path+".missing", "“%s” tidak berlaku untuk %s; pilih %s", input.Missing, input.ID, join(rule.allowed))
			}
		}
		if !known {
			c.add(path+".id", "“%s” tidak dikenal; pilih rating.result, rating.behavior, atau organization.level", input.ID)
		}
	}
	for _, rule := range inputPolicies {
		if !seen[rule.id] {
			c.add("inputs", "%s belum ada; tambahkan dengan missing %s", rule.id, join(rule.allowed))
		}
	}
}

func (c *checker) rules() {
	wanted := c.def.rulesReached()
	seen := map[string]bool{}
	for i, rule := range c.def.Rules {
		path := at("rules", i)
		c.once(path+".id", seen, rule.ID)
		n := slices.IndexFunc(wanted, func(r reached) bool { return r.id == rule.ID })
		if n < 0 {
			c.unused(path+".id", rule.ID)
			continue
		}
		c.label(path+".label", rule.Label)
		c.text(path+".text", rule.Text)
		c.basis(path, rule.Basis, rule.Source)
		switch {
		case !wanted[n].rounds && rule.Places != nil:
			c.add(path+".places", "%s tidak membulatkan; hapus places", rule.ID)
		case wanted[n].rounds && rule.Places == nil:
			c.add(path+".places", "belum ada; %s membulatkan, tulis berapa angka di belakang koma, 0 sampai %d", rule.ID, maxPlaces)
		case rule.Places != nil:
			c.places(path+".places", *rule.Places)
		}
	}
	for _, rule := range wanted {
		if !seen[rule.id] {
			message := fmt.Sprintf("%s belum ada, padahal dipakai oleh %s; tambahkan aturan itu", rule.id, rule.because)
			c.problems = append(c.problems, Problem{Path: "rules", Message: message, Rule: rule.id})
		}
	}
}

// unused says why a rule is not wanted: nobody knows it, or no term reaches it.
func (c *checker) unused(path, id string) {
	if slices.Contains(allRules, id) {
		c.add(path, "%s tidak dipakai oleh ketentuan mana pun di paket ini; hapus aturan itu", id)
		return
	}
	c.add(path, "“%s” bukan aturan yang dikenal; pilih salah satu dari %s", id, strings.Join(allRules, ", "))
}

func (c *checker) basis(path string, basis Basis, source string) {
	code(c, path+".basis", basisWords, basis)
	if basis == BasisLaw && source == "" {
		c.add(path+".source", "belum ada; basis law memerlukan kunci dari legal_sources")
	}
	known := func(s LegalSource) bool { return s.Key == source }
	if source != "" && !slices.ContainsFunc(c.def.LegalSources, known) {
		c.add(path+".source", "“%s” tidak ada di legal_sources; tambahkan di sana atau perbaiki kuncinya", source)
	}
}

// policy checks what is done without a fact, and the reason for a zero.
func (c *checker) policy(path string, policy Policy, reason string) {
	code(c, path+".missing", policyWords, policy)
	switch {
	case policy == PolicyZero:
		c.text(path+".missing_reason", reason)
	case reason != "":
		c.add(path+".missing_reason", "hanya untuk missing: zero; hapus alasan ini")
	}
}

// label demands a short text in one line.
func (c *checker) label(path, text string) {
	c.words(path, text, maxLabel)
}

// text demands a text in one line.
func (c *checker) text(path, text string) { c.words(path, text, maxText) }

func (c *checker) words(path, text string, most int) {
	switch {
	case strings.TrimSpace(text) == "":
		c.add(path, "belum diisi; tulis dalam bahasa Indonesia")
	case utf8.RuneCountInString(text) > most:
		c.add(path, "lebih dari %d huruf; persingkat", most)
	case strings.ContainsFunc(text, unicode.IsControl) || !utf8.ValidString(text):
		c.add(path, "memuat pergantian baris atau huruf kendali; tulis dalam satu baris")
	}
}

func (c *checker) places(path string, places int) {
	if places < 0 || places > maxPlaces {
		c.add(path, "%d bukan jumlah angka di belakang koma; pakai 0 sampai %d", places, maxPlaces)
	}
}

// count demands one entry or more, up to a bound.
func (c *checker) count(path string, n, most int) {
	switch {
	case n == 0:
		c.add(path, "belum diisi; paling sedikit satu")
	case n > most:
		c.add(path, "ada %d, padahal paling banyak %d", n, most)
	}
}

// once demands that nothing is given twice.
func (c *checker) once(path string, seen map[string]bool, id string) {
	if seen[id] {
		c.add(path, "“%s” ditulis dua kali; hapus salah satunya", id)
	}
	seen[id] = true
}

// amount demands a number of 0 or more and reports whether it is one.
func (c *checker) amount(path string, n decimal.Decimal) bool {
	if num.IsAmount(n) && n.Cmp(num.Int(maxTerm)) <= 0 {
		return true
	}
	c.add(path, "%s bukan bilangan 0 sampai %d dengan paling banyak %d angka di belakang koma", n, maxTerm, num.AmountPlaces)
	return false
}

// positive demands a number above 0.
func (c *checker) positive(path string, n decimal.Decimal) {
	if c.amount(path, n) && n.IsZero() {
		c.add(path, "harus lebih dari 0")
	}
}

// bounds checks a floor and a cap that are applied to numbers of so many digits after the point.
func (c *checker) bounds(path string, floor, limit *decimal.Decimal, places int) {
	for _, bound := range []struct {
		name  string
		value *decimal.Decimal
	}{{"floor", floor}, {"cap", limit}} {
		if bound.value == nil || !c.amount(path+"."+bound.name, *bound.value) {
			continue
		}
		if bound.value.Trim(0).Scale() > places {
			c.add(path+"."+bound.name, "%s memiliki lebih banyak angka di belakang koma daripada angka yang dibatasinya (%d)", bound.value, places)
		}
	}
	if floor != nil && limit != nil && floor.Cmp(*limit) >= 0 {
		c.add(path+".cap", "%s tidak lebih besar daripada floor %s; naikkan cap atau turunkan floor", limit, floor)
	}
}

// code demands a code of the vocabulary.
func code[T ~string](c *checker, path string, vocabulary words[T], given T) {
	switch {
	case vocabulary.has(given):
	case given == "":
		c.add(path, "belum diisi; pilih %s", vocabulary.codes())
	default:
		c.add(path, "“%s” tidak dikenal; pilih %s", given, vocabulary.codes())
	}
}

// codes demands codes of the vocabulary, each once.
func codes[T ~string](c *checker, path string, vocabulary words[T], given []T) {
	seen := map[string]bool{}
	for i, one := range given {
		code(c, at(path, i), vocabulary, one)
		c.once(at(path, i), seen, string(one))
	}
}

// complete demands an entry for every code of the vocabulary and no other.
func complete[K ~string, V any](c *checker, path string, vocabulary words[K], m map[K]V) {
	for _, entry := range vocabulary {
		_, ok := m[entry.code]
		if !ok {
			c.add(path, "%s (%s) belum ada; tambahkan", entry.code, entry.word)
		}
	}
	for _, key := range sorted(m) {
		if !vocabulary.has(key) {
			c.add(path+"."+string(key), "“%s” tidak dikenal; pilih %s", key, vocabulary.codes())
		}
	}
}

// amounts demands an amount for every code of the vocabulary.
func amounts[K ~string](c *checker, path string, vocabulary words[K], m map[K]decimal.Decimal) {
	complete(c, path, vocabulary, m)
	for _, key := range sorted(m) {
		c.amount(path+"."+string(key), m[key])
	}
}
