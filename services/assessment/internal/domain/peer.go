package domain

// Values is how many BerAKHLAK values peers answer about (SE MenPANRB 20/2021).
const Values = 7

// PeerStep is how many new answers of peers must have come before the sums are shown with them, at first and ever after.
// With fewer, the rated or the raters could tell who answered what, by the sum or by how it changed.
const PeerStep = 3

// Bounds of an answer of a peer: never to always.
const (
	minPeerAnswer = 1
	maxPeerAnswer = 4
)

// peerFields are the paths of the seven answers, in the order of the values.
var peerFields = [Values]string{
	"peer_review.service_oriented", "peer_review.accountable", "peer_review.competent", "peer_review.harmonious",
	"peer_review.loyal", "peer_review.adaptive", "peer_review.collaborative",
}

// PeerReview is one peer's answers about one person. It does not hold the peer.
type PeerReview struct {
	Tenant string
	Period string
	// Person is who the answers are about.
	Person string
	// Rater tells one peer of the person from another, without naming them.
	Rater RaterMark
	// Answers in the order of the seven values.
	Answers [Values]int
	// Day of the answer. The hour is not kept: with the log of a gateway it would tell the peer.
	Day Date
	// Request tells a repetition of the request; the zero mark tells none.
	Request RequestMark
}

// CheckPeerReview returns what is wrong with the answers.
func CheckPeerReview(r PeerReview) []Violation {
	var violations []Violation
	for i, answer := range r.Answers {
		violations = checkRange(violations, peerFields[i], answer, minPeerAnswer, maxPeerAnswer)
	}
	return violations
}

// PeerTally sums the answers about one person that are shown. It grows by PeerStep answers or more at a time; those that
// came since wait for others.
type PeerTally struct {
	// Count is PeerStep or more.
	Count int
	// Sums in the order of the seven values.
	Sums [Values]int
	// Day of the newest answer in it.
	Day Date
}
