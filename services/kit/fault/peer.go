package fault

// OfPeer returns what a service tells its own caller when a call to the peer service failed with err. A peer that does
// not answer, a passed deadline, a cancelled call and a stale revision stay what they are; all else is a defect of ours,
// whose cause is err: the caller did not make that request and cannot mend it. It returns nil for nil.
func OfPeer(err error, service string) error {
	if err == nil {
		return nil
	}
	f := From(err)
	switch f.Kind {
	case KindUnavailable:
		own := New(ReasonUnavailable, "service", service).Because(err)
		return own.After(f.RetryAfter)
	case KindDeadline, KindCanceled, KindStale:
		return f
	default:
		return New(ReasonInternal).Because(err)
	}
}
