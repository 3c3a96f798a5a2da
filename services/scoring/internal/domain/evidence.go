package domain

import "github.com/kinerja-suite/kinerja/services/scoring/internal/domain/num"

// peers computes the mean answer of peers, as evidence of behaviour. Below the pack's minimum nothing is recorded, not
// even their number, so that nobody can be told apart.
func (c *computation) peers() error {
	peers := c.in.Peers
	if peers == nil {
		c.missing(InputPeers)
		return nil
	}
	answers := peers.Count * c.pack.def.Peers.Values
	mean, err := num.QuoHalfUp(num.Int(peers.Sum), num.Int(answers), c.pack.places(RulePeersMean))
	if err != nil {
		return err
	}
	c.step(idPeersMean, RulePeersMean, c.texts.number(mean), idPeersSum, idPeersCount)
	return nil
}

// attendance computes the percentage of days present, as evidence of discipline.
func (c *computation) attendance() error {
	a := c.in.Attendance
	if a == nil {
		c.missing(InputAttendance)
		return nil
	}
	percent, err := normal(num.Int(a.PresentDays), num.Int(a.WorkingDays), c.pack.places(RuleAttendancePresent))
	if err != nil {
		return err
	}
	c.step(idPresentPercent, RuleAttendancePresent, c.texts.number(percent), idPresentDays, idWorkingDays)
	return nil
}
