package page_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/kit/internal/testrpc"
	"github.com/kinerja-suite/kinerja/services/kit/page"
)

func TestSize(t *testing.T) {
	t.Parallel()
	for given, want := range map[int32]int{0: 50, 1: 1, 200: 200, 201: 200, 1 << 30: 200} {
		got, err := page.Size(given)
		if err != nil || got != want {
			t.Errorf("Size(%d) is %d, %v", given, got, err)
		}
	}
	_, err := page.Size(-1)
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.KindInvalid || f.Violations[0].Field != "page_size" || !strings.Contains(f.Local(), "negatif") {
		t.Errorf("Size(-1) gave %v", err)
	}
}

type source func() ([]byte, error)

func (s source) Bytes() ([]byte, error) { return s() }

// codec returns a codec with the secret that has read its first token.
func codec(tb testing.TB, secret string) *page.Codec {
	tb.Helper()
	c := page.NewCodec(source(func() ([]byte, error) { return []byte(secret), nil }))
	_, err := c.Decode("", "")
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func TestCodec(t *testing.T) {
	t.Parallel()
	c := codec(t, "a secret of some length")
	cursor := []string{"2026-01-31", "", "01j0abc"}
	sum := page.Checksum("tenants/3374", "state=DRAFT")
	token := c.Encode(cursor, sum)

	t.Run("a_cursor_survives_the_trip", func(t *testing.T) {
		t.Parallel()
		got, err := codec(t, "a secret of some length").Decode(token, sum)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(cursor, got); diff != "" {
			t.Fatal(diff)
		}
	})
	t.Run("no_cursor_and_no_token_mean_each_other", func(t *testing.T) {
		t.Parallel()
		got, err := c.Decode("", sum)
		if c.Encode(nil, sum) != "" || got != nil || err != nil {
			t.Fatal("the empty token is not the empty cursor")
		}
	})
	t.Run("every_altered_byte_is_refused", func(t *testing.T) {
		t.Parallel()
		raw, err := base64.RawURLEncoding.DecodeString(token)
		if err != nil {
			t.Fatal(err)
		}
		for i := range raw {
			altered := append([]byte(nil), raw...)
			altered[i] ^= 1
			_, err := c.Decode(base64.RawURLEncoding.EncodeToString(altered), sum)
			if !fault.Is(err, fault.ReasonInvalidPageToken) {
				t.Fatalf("byte %d altered: %v", i, err)
			}
		}
	})
	refused := map[string]struct{ token, sum string }{
		"of_another_request": {token, page.Checksum("tenants/3374", "state=APPROVED")},
		"of_another_secret":  {codec(t, "other").Encode(cursor, sum), sum},
		"cut":                {token[:len(token)-2], sum},
		"padded":             {token + "==", sum},
		"no_base64":          {"%%%", sum},
		"too_long":           {strings.Repeat("A", 3000), sum},
	}
	for name, r := range refused {
		t.Run("a_token_"+name+"_is_refused", func(t *testing.T) {
			t.Parallel()
			_, err := c.Decode(r.token, r.sum)
			f, ok := fault.As(err)
			if !ok || f.Reason != fault.ReasonInvalidPageToken || f.Violations[0].Field != "page_token" {
				t.Fatalf("got %v", err)
			}
		})
	}
	t.Run("the_parts_of_a_checksum_cannot_be_shifted", func(t *testing.T) {
		t.Parallel()
		if page.Checksum("ab", "c") == page.Checksum("a", "bc") || page.Checksum("a") == page.Checksum("a", "") {
			t.Fatal("two different requests have one checksum")
		}
	})
	t.Run("a_request_checksum_follows_all_fields_but_those_of_the_page", func(t *testing.T) {
		t.Parallel()
		sum := func(text string) string {
			return page.RequestChecksum(testrpc.Message("ListWidgetsRequest", `parent: "tenants/3374" `+text))
		}
		if sum("") != sum(`page_size: 7 page_token: "x"`) || sum("") == sum(`filter: "x"`) {
			t.Fatal("the checksum does not follow the fields")
		}
	})
}

func TestCodec_asks_for_its_secret_until_it_has_it(t *testing.T) {
	t.Parallel()
	errDown := errors.New("the database is down")
	asked := 0
	c := page.NewCodec(source(func() ([]byte, error) {
		asked++
		if asked == 1 {
			return nil, errDown
		}
		return []byte("a secret of some length"), nil
	}))
	_, err := c.Decode("", "")
	if !errors.Is(err, errDown) {
		t.Errorf("the first use gave %v", err)
	}
	for range 3 {
		_, err = c.Decode("", "")
		if err != nil {
			t.Errorf("a later use gave %v", err)
		}
	}
	if asked != 2 || c.Encode([]string{"a"}, "") != codec(t, "a secret of some length").Encode([]string{"a"}, "") {
		t.Errorf("it asked %d times", asked)
	}
}

func FuzzDecode(f *testing.F) {
	c := codec(f, "secret")
	f.Add(c.Encode([]string{"a", "b"}, "s"))
	f.Add("")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, token string) {
		cursor, err := c.Decode(token, "s")
		if err != nil {
			if !fault.Is(err, fault.ReasonInvalidPageToken) {
				t.Fatalf("refused with %v", err)
			}
			return
		}
		if back := c.Encode(cursor, "s"); back != token {
			t.Fatalf("%q came back as %q", token, back)
		}
	})
}
