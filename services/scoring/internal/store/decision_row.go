package store

import (
	"github.com/kinerja-suite/kinerja/services/kit/sqlkit"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain"
	"github.com/kinerja-suite/kinerja/services/scoring/internal/domain/decision"
)

// finalRow is the form in which what people have fixed is kept beside a revision, as JSON; times are in microseconds.
type finalRow struct {
	Predicate domain.Predicate `json:"predicate"`
	Credit    string           `json:"credit,omitempty"`
	Decision  int64            `json:"decision"`
	Revision  int64            `json:"revision"`
	Digest    string           `json:"digest"`
	Outcome   string           `json:"outcome"`
	AdoptTime int64            `json:"adopt_time"`
	Author    string           `json:"author"`
	Approver  string           `json:"approver,omitempty"`
	Outdated  bool             `json:"outdated,omitempty"`
}

// encodeFinal returns nothing for nil, as most revisions have it.
func encodeFinal(f *decision.Final) (string, error) {
	if f == nil {
		return "", nil
	}
	return encode(finalRow{
		f.Predicate, f.Credit, f.Decision, f.Revision, f.Digest, f.Outcome, sqlkit.Micros(f.AdoptTime), f.Author, f.Approver, f.Outdated,
	})
}

func decodeFinal(text string) (*decision.Final, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // nothing is fixed
	}
	var row finalRow
	err := decode(text, &row)
	if err != nil {
		return nil, err
	}
	return &decision.Final{
		Predicate: row.Predicate, Decision: row.Decision, Revision: row.Revision,
		Basis:     decision.Basis{Credit: row.Credit, Digest: row.Digest, Outcome: row.Outcome},
		AdoptTime: sqlkit.Time(row.AdoptTime), Author: row.Author, Approver: row.Approver, Outdated: row.Outdated,
	}, nil
}

func encodeCauses(causes []string) (string, error) {
	if causes == nil {
		causes = []string{}
	}
	return encode(causes)
}

func decodeCauses(text string) ([]string, error) {
	var causes []string
	err := decode(text, &causes)
	if err != nil || len(causes) == 0 {
		return nil, err
	}
	return causes, nil
}
