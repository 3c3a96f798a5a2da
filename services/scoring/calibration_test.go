package scoring_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	commonv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/common/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const longReason = "Ukuran penilaian antarbidang belum seragam."

func sessionName(id string) string { return periodName + "/calibrations/" + id }

// sessionOf is a request for a session over units, with participants.
func sessionOf(id string, units, participants []string) *scoringv1.CreateCalibrationRequest {
	request := &scoringv1.CreateCalibrationRequest{
		Parent: periodName, CalibrationId: id, Calibration: &scoringv1.Calibration{Purpose: "Menyamakan ukuran penilaian", Subtree: true},
	}
	for _, unit := range units {
		request.Calibration.Units = append(request.Calibration.Units, unitName(unit))
	}
	for _, person := range participants {
		request.Calibration.Participants = append(request.Calibration.Participants, personName(person))
	}
	return request
}

// populated is a suite in which the dinas is rated and has 44 people, and one session, s1, with one participant.
func populated(t *testing.T, s *suite) {
	t.Helper()
	s.run()
	s.peers.judge("dinas", 10, 3, good)
	s.populate("bidang", 8, 12, 2, 0, 0)
	s.populate("puskesmas", 2, 18, 1, 1, 0)
	_, err := s.admin().calibrations.CreateCalibration(t.Context(), sessionOf("s1", []string{"dinas"}, []string{"dewi"}))
	must(t, err)
}

func TestCalibration_from_opening_to_closing(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		populated(t, s)
		ctx, a, closer := t.Context(), s.admin().calibrations, s.registrarNamed("tono").calibrations
		opened, err := a.GetCalibration(ctx, &scoringv1.GetCalibrationRequest{Name: sessionName("s1")})
		must(t, err)
		if opened.GetState() != scoringv1.Calibration_STATE_OPEN || opened.GetOpener() != "client" || opened.GetCountsAfter() != nil ||
			counts(opened.GetCountsBefore()) != [5]int32{10, 30, 3, 1, 0} || !opened.GetCreateTime().AsTime().Equal(noon) {
			t.Fatalf("opened: %v", opened)
		}
		live, err := a.GetCalibrationDisparity(ctx, &scoringv1.GetCalibrationDisparityRequest{Name: sessionName("s1")})
		must(t, err)
		sex := live.GetDimensions()[0]
		if live.GetPeople() != 44 || len(sex.GetGroups()) != 2 || sex.GetGroups()[0].GetLabels()[0] != "Perempuan" || sex.GetGroups()[0].GetPeople() != 23 {
			t.Fatalf("view %v", live)
		}
		for _, hidden := range live.GetDimensions()[3:] {
			if hidden.GetHiddenReason() != "Data belum tersedia." || hidden.GetGroups() != nil {
				t.Errorf("dimension %v", hidden)
			}
		}

		_, err = a.CloseCalibration(ctx, &scoringv1.CloseCalibrationRequest{Name: sessionName("s1")})
		refused(t, err, fault.ReasonPersonRequired)
		_, err = closer.CloseCalibration(ctx, &scoringv1.CloseCalibrationRequest{Name: sessionName("s1")})
		violated(t, refused(t, err, fault.ReasonCalibrationNotReady), "participants")
		joined, err := a.AddCalibrationParticipants(ctx, &scoringv1.AddCalibrationParticipantsRequest{
			Name: sessionName("s1"), Participants: []string{personName("eko"), personName("dewi")}, Etag: opened.GetEtag(),
		})
		must(t, err)
		if diff := cmp.Diff([]string{personName("dewi"), personName("eko")}, joined.GetParticipants()); diff != "" {
			t.Fatalf("participants (-want +got):\n%s", diff)
		}
		_, err = closer.CloseCalibration(ctx, &scoringv1.CloseCalibrationRequest{Name: sessionName("s1"), Etag: opened.GetEtag()})
		refused(t, err, fault.ReasonETagMismatch)

		// The closing takes the predicates of its own time: one more Baik makes 31 of 45, still under 70 %.
		s.populate("seksi", 0, 1, 0, 0, 0)
		s.clock.Advance(time.Minute)
		closed, err := closer.CloseCalibration(ctx, &scoringv1.CloseCalibrationRequest{Name: sessionName("s1"), Etag: joined.GetEtag()})
		must(t, err)
		if closed.GetState() != scoringv1.Calibration_STATE_CLOSED || closed.GetCloser() != personName("tono") ||
			counts(closed.GetCountsAfter()) != [5]int32{10, 31, 3, 1, 0} || !closed.GetCloseTime().AsTime().Equal(noon.Add(time.Minute)) {
			t.Fatalf("closed: %v", closed)
		}
		again, err := a.GetCalibration(ctx, &scoringv1.GetCalibrationRequest{Name: sessionName("s1")})
		must(t, err)
		if diff := cmp.Diff(closed, again, protocmp.Transform()); diff != "" {
			t.Fatalf("read again (-want +got):\n%s", diff)
		}
		s.populate("seksi", 0, 0, 3, 0, 0)
		stored, err := a.GetCalibrationDisparity(ctx, &scoringv1.GetCalibrationDisparityRequest{Name: sessionName("s1")})
		must(t, err)
		if diff := cmp.Diff(closed.GetDisparity(), stored, protocmp.Transform()); diff != "" {
			t.Fatalf("the stored view has changed (-want +got):\n%s", diff)
		}
		_, err = a.AbandonCalibration(ctx, &scoringv1.AbandonCalibrationRequest{Name: sessionName("s1"), Reason: longReason})
		refused(t, err, fault.ReasonCalibrationState)
	})
}

func TestCloseCalibration_needs_every_deviation_justified(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		populated(t, s)
		ctx, a := t.Context(), s.registrarNamed("tono")
		s.populate("seksi", 0, 6, 0, 0, 0) // 36 of 50 are Baik, 72 %
		_, err := a.calibrations.AddCalibrationParticipants(ctx, &scoringv1.AddCalibrationParticipantsRequest{
			Name: sessionName("s1"), Participants: []string{personName("eko")},
		})
		must(t, err)
		request := &scoringv1.CloseCalibrationRequest{Name: sessionName("s1")}
		_, err = a.calibrations.CloseCalibration(ctx, request)
		f := refused(t, err, fault.ReasonCalibrationNotReady)
		violated(t, f, "units")
		want := "Sebaran predikat unit kerja Unit dinas menyimpang dari pola dan belum dijelaskan untuk jumlah saat ini. " +
			"Pada organisasi berpredikat Baik, predikat Baik paling banyak 70% dari jumlah pegawai. " +
			"Surat edaran menghendaki sebagian besar pegawai tanpa menyebut angkanya; hanya batas atas 70% yang diperiksa (kebijakan). " +
			"Saat ini 36 dari 50 pegawai; untuk jumlah pegawai ini paling banyak 35 pegawai. Lengkapi penjelasan tertulis."
		if text := f.Violations[0].Local(); text != want {
			t.Fatalf("the violation says %q", text)
		}
		justify := &scoringv1.JustifyDistributionRequest{Parent: periodName, Unit: unitName("dinas"), Subtree: true, Text: longReason}
		_, err = a.distributions.JustifyDistribution(ctx, justify)
		must(t, err)
		s.populate("seksi", 0, 0, 0, 0, 1) // the justification is of other counts now
		_, err = a.calibrations.CloseCalibration(ctx, request)
		violated(t, refused(t, err, fault.ReasonCalibrationNotReady), "units")
		_, err = a.distributions.JustifyDistribution(ctx, justify)
		must(t, err)
		closed, err := a.calibrations.CloseCalibration(ctx, request)
		must(t, err)
		if closed.GetState() != scoringv1.Calibration_STATE_CLOSED {
			t.Fatalf("state %v", closed.GetState())
		}
	})
}

func TestCloseCalibration_needs_the_rating_of_the_organisation(t *testing.T) {
	s := one(t)
	s.run()
	s.populate("lain", 0, 3, 1, 0, 0)
	ctx, a := t.Context(), s.registrarNamed("tono").calibrations
	_, err := a.CreateCalibration(ctx, sessionOf("s1", []string{"lain"}, []string{"dewi", "eko"}))
	must(t, err)
	_, err = a.CloseCalibration(ctx, &scoringv1.CloseCalibrationRequest{Name: sessionName("s1")})
	f := refused(t, err, fault.ReasonCalibrationNotReady)
	violated(t, f, "units")
	if text := f.Violations[0].Local(); !strings.HasPrefix(text, "Predikat kinerja organisasi untuk unit kerja Unit lain belum ditetapkan.") {
		t.Fatalf("the violation says %q", text)
	}
}

func TestAbandonCalibration(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		populated(t, s)
		ctx, a := t.Context(), s.registrarNamed("tono").calibrations
		request := &scoringv1.AbandonCalibrationRequest{Name: sessionName("s1"), Reason: strings.Repeat(" ", 30)}
		_, err := a.AbandonCalibration(ctx, request)
		violated(t, refused(t, err, fault.ReasonInvalidArgument), "reason")
		request.Reason = longReason
		got, err := a.AbandonCalibration(ctx, request)
		must(t, err)
		if got.GetState() != scoringv1.Calibration_STATE_ABANDONED || got.GetAbandonReason() != longReason || got.GetDisparity() != nil {
			t.Fatalf("abandoned: %v", got)
		}
		_, err = a.AddCalibrationParticipants(ctx, &scoringv1.AddCalibrationParticipantsRequest{Name: sessionName("s1"), Participants: []string{personName("eko")}})
		refused(t, err, fault.ReasonCalibrationState)
		_, err = a.CloseCalibration(ctx, &scoringv1.CloseCalibrationRequest{Name: sessionName("s1")})
		refused(t, err, fault.ReasonCalibrationState)
		_, err = a.GetCalibrationDisparity(ctx, &scoringv1.GetCalibrationDisparityRequest{Name: sessionName("s1")})
		refused(t, err, fault.ReasonNotFound)
	})
}

func TestCalibrations_are_listed_in_pages(t *testing.T) {
	each(t, func(t *testing.T, s *suite) {
		populated(t, s)
		ctx, a := t.Context(), s.admin().calibrations
		for _, id := range []string{"s3", "s2"} {
			_, err := a.CreateCalibration(ctx, sessionOf(id, []string{"bidang"}, []string{"eko"}))
			must(t, err)
		}
		var names, people []string
		list := &scoringv1.ListCalibrationsRequest{Parent: periodName, PageSize: 2}
		for {
			page, err := a.ListCalibrations(ctx, list)
			must(t, err)
			for _, c := range page.GetCalibrations() {
				names = append(names, c.GetName())
			}
			list.PageToken = page.GetNextPageToken()
			if list.GetPageToken() == "" {
				break
			}
		}
		if diff := cmp.Diff([]string{sessionName("s1"), sessionName("s2"), sessionName("s3")}, names); diff != "" {
			t.Fatalf("sessions (-want +got):\n%s", diff)
		}
		of := &scoringv1.ListCalibrationPeopleRequest{Parent: sessionName("s2"), PageSize: 10}
		for {
			page, err := a.ListCalibrationPeople(ctx, of)
			must(t, err)
			for _, p := range page.GetPeople() {
				people = append(people, p.GetPerson())
				if p.GetBefore() == 0 || p.GetBeforeRevision() != 1 || p.GetAfter() != 0 || p.GetUnit() != unitName("bidang") {
					t.Fatalf("person %v", p)
				}
			}
			of.PageToken = page.GetNextPageToken()
			if of.GetPageToken() == "" {
				break
			}
		}
		if len(people) != 22 {
			t.Fatalf("%d people", len(people))
		}
		of = &scoringv1.ListCalibrationPeopleRequest{Parent: sessionName("none")}
		_, err := a.ListCalibrationPeople(ctx, of)
		refused(t, err, fault.ReasonNotFound)
	})
}

func TestCreateCalibration_refuses(t *testing.T) {
	s := one(t)
	populated(t, s)
	ctx, a := t.Context(), s.admin().calibrations
	_, err := a.CreateCalibration(ctx, sessionOf("s1", []string{"dinas"}, []string{"dewi"}))
	refused(t, err, fault.ReasonAlreadyExists)
	_, err = a.CreateCalibration(ctx, sessionOf("", []string{"lain"}, []string{"dewi"}))
	refused(t, err, fault.ReasonCalibrationScope)
	wrong := sessionOf("s9", []string{"nowhere", "bidang", "dinas"}, []string{"dewi", "nobody", "dewi"})
	wrong.Calibration.Purpose = strings.Repeat(" ", 12)
	_, err = a.CreateCalibration(ctx, wrong)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "calibration.participants[2]", "calibration.purpose",
		"calibration.participants[1]", "calibration.units[0]", "calibration.units[1]")
	wrong = sessionOf("-", []string{"dinas"}, []string{"dewi"})
	wrong.Calibration.Purpose, wrong.Calibration.Units = strings.Repeat(" ", 12), []string{"dinas", unitName("nowhere")}
	wrong.Calibration.Participants = []string{"tenants/3374/people/dewi", personName("nobody"), personName("dewi"), personName("dewi")}
	_, err = a.CreateCalibration(ctx, wrong)
	violated(t, refused(t, err, fault.ReasonInvalidArgument), "calibration.units[0]", "calibration.participants[0]", "calibration_id",
		"calibration.participants[3]", "calibration.purpose", "calibration.participants[1]", "calibration.units[1]")
	wrong = sessionOf("s9", []string{"dinas"}, []string{"dewi"})
	wrong.Parent = "tenants/3402/periods/2030"
	_, err = a.CreateCalibration(ctx, wrong)
	refused(t, err, fault.ReasonNotFound)
	_, err = a.AddCalibrationParticipants(ctx, &scoringv1.AddCalibrationParticipantsRequest{
		Name: sessionName("s1"), Participants: []string{personName("nobody")},
	})
	violated(t, refused(t, err, fault.ReasonReferenceNotFound), "participants[0]")
}

// TestCalibration_who_may tries every method as everybody, about a session that exists and one that does not.
func TestCalibration_who_may(t *testing.T) {
	s := one(t)
	populated(t, s)
	s.peers.heads("dewi", "dinas")
	calls := map[string]struct {
		write bool
		call  func(ctx context.Context, c scoringv1.CalibrationServiceClient, name string) error
	}{
		"get": {false, func(ctx context.Context, c scoringv1.CalibrationServiceClient, name string) error {
			_, err := c.GetCalibration(ctx, &scoringv1.GetCalibrationRequest{Name: name})
			return err
		}},
		"people": {false, func(ctx context.Context, c scoringv1.CalibrationServiceClient, name string) error {
			_, err := c.ListCalibrationPeople(ctx, &scoringv1.ListCalibrationPeopleRequest{Parent: name})
			return err
		}},
		"disparity": {false, func(ctx context.Context, c scoringv1.CalibrationServiceClient, name string) error {
			_, err := c.GetCalibrationDisparity(ctx, &scoringv1.GetCalibrationDisparityRequest{Name: name})
			return err
		}},
		"participants": {true, func(ctx context.Context, c scoringv1.CalibrationServiceClient, name string) error {
			_, err := c.AddCalibrationParticipants(ctx, &scoringv1.AddCalibrationParticipantsRequest{Name: name, Participants: []string{personName("eko")}})
			return err
		}},
		"close": {true, func(ctx context.Context, c scoringv1.CalibrationServiceClient, name string) error {
			_, err := c.CloseCalibration(ctx, &scoringv1.CloseCalibrationRequest{Name: name})
			return err
		}},
		"abandon": {true, func(ctx context.Context, c scoringv1.CalibrationServiceClient, name string) error {
			_, err := c.AbandonCalibration(ctx, &scoringv1.AbandonCalibrationRequest{Name: name, Reason: longReason})
			return err
		}},
	}
	refusedCallers := map[string]caller{
		"the_head_of_the_unit":               s.employee("dewi"),
		"a_superior":                         s.as(tenant, "dewi", commonv1.Role_ROLE_SUPERIOR),
		"a_unit_administrator":               s.as(tenant, "", commonv1.Role_ROLE_UNIT_ADMIN),
		"an_administrator_of_another_tenant": s.as("3374", "", commonv1.Role_ROLE_TENANT_ADMIN),
		"the_province":                       s.as("34", "", commonv1.Role_ROLE_PROVINCE_ADMIN),
	}
	inspector, registrar := s.as(tenant, "ira", commonv1.Role_ROLE_INSPECTOR), s.registrarNamed("tono")
	for method, m := range calls {
		for _, name := range []string{sessionName("s1"), sessionName("none")} {
			for who, c := range refusedCallers {
				err := m.call(t.Context(), c.calibrations, name)
				if !fault.Is(err, fault.ReasonPermissionDenied) {
					t.Errorf("%s by %s: %v", method, who, err)
				}
			}
			refused(t, m.call(t.Context(), s.anonymous().calibrations, name), fault.ReasonUnauthenticated)
			if m.write {
				refused(t, m.call(t.Context(), inspector.calibrations, name), fault.ReasonPermissionDenied)
			}
		}
		refused(t, m.call(t.Context(), registrar.calibrations, sessionName("none")), fault.ReasonNotFound)
		refused(t, m.call(t.Context(), registrar.calibrations, "calibrations/s1"), fault.ReasonInvalidName)
		if !m.write {
			must(t, m.call(t.Context(), inspector.calibrations, sessionName("s1")))
		}
	}
	for who, c := range refusedCallers {
		_, err := c.calibrations.CreateCalibration(t.Context(), sessionOf("s2", []string{"dinas"}, []string{"dewi"}))
		_, listErr := c.calibrations.ListCalibrations(t.Context(), &scoringv1.ListCalibrationsRequest{Parent: periodName})
		for _, err := range []error{err, listErr} {
			if !fault.Is(err, fault.ReasonPermissionDenied) {
				t.Errorf("create or list by %s: %v", who, err)
			}
		}
	}
}
