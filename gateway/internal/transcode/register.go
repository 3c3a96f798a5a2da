package transcode

import (
	"context"
	"errors"

	"github.com/grpc-ecosystem/grpc-gateway/v2/runtime"
	"google.golang.org/protobuf/reflect/protoreflect"

	assessmentv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/assessment/v1"
	planningv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/planning/v1"
	reportingv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/reporting/v1"
	scoringv1 "github.com/kinerja-suite/kinerja/proto/gen/go/kinerja/scoring/v1"
)

// files are the files of the contract that hold the registered services.
func files() []protoreflect.FileDescriptor {
	return []protoreflect.FileDescriptor{
		planningv1.File_kinerja_planning_v1_organization_proto,
		planningv1.File_kinerja_planning_v1_period_proto,
		planningv1.File_kinerja_planning_v1_plan_proto,
		assessmentv1.File_kinerja_assessment_v1_attendance_proto,
		assessmentv1.File_kinerja_assessment_v1_month_facts_proto,
		assessmentv1.File_kinerja_assessment_v1_peer_proto,
		assessmentv1.File_kinerja_assessment_v1_progress_proto,
		assessmentv1.File_kinerja_assessment_v1_rating_proto,
		assessmentv1.File_kinerja_assessment_v1_survey_proto,
		scoringv1.File_kinerja_scoring_v1_decision_proto,
		scoringv1.File_kinerja_scoring_v1_calibration_proto,
		scoringv1.File_kinerja_scoring_v1_allowance_proto,
		scoringv1.File_kinerja_scoring_v1_credit_proto,
		scoringv1.File_kinerja_scoring_v1_recompute_proto,
		scoringv1.File_kinerja_scoring_v1_explanation_proto,
		scoringv1.File_kinerja_scoring_v1_rule_pack_proto,
		scoringv1.File_kinerja_scoring_v1_rule_pack_draft_proto,
		scoringv1.File_kinerja_scoring_v1_score_proto,
		scoringv1.File_kinerja_scoring_v1_survey_sample_proto,
		reportingv1.File_kinerja_reporting_v1_report_proto,
	}
}

// register makes the mux serve every gRPC service that has HTTP annotations.
func register(mux *runtime.ServeMux, b Backends) error {
	// The generated functions use the context only when they dial, which these do not.
	ctx := context.Background()
	planning := upstream{name: "planning", conn: b.Planning}
	assessment := upstream{name: "assessment", conn: b.Assessment}
	scoring := upstream{name: "scoring", conn: b.Scoring}
	reporting := upstream{name: "reporting", conn: b.Reporting}
	return errors.Join(
		planningv1.RegisterOrganizationServiceHandlerClient(ctx, mux, planningv1.NewOrganizationServiceClient(planning)),
		planningv1.RegisterPeriodServiceHandlerClient(ctx, mux, planningv1.NewPeriodServiceClient(planning)),
		planningv1.RegisterPlanServiceHandlerClient(ctx, mux, planningv1.NewPlanServiceClient(planning)),
		assessmentv1.RegisterAttendanceServiceHandlerClient(ctx, mux, assessmentv1.NewAttendanceServiceClient(assessment)),
		assessmentv1.RegisterMonthFactsServiceHandlerClient(ctx, mux, assessmentv1.NewMonthFactsServiceClient(assessment)),
		assessmentv1.RegisterPeerServiceHandlerClient(ctx, mux, assessmentv1.NewPeerServiceClient(assessment)),
		assessmentv1.RegisterProgressServiceHandlerClient(ctx, mux, assessmentv1.NewProgressServiceClient(assessment)),
		assessmentv1.RegisterRatingServiceHandlerClient(ctx, mux, assessmentv1.NewRatingServiceClient(assessment)),
		assessmentv1.RegisterSurveyServiceHandlerClient(ctx, mux, assessmentv1.NewSurveyServiceClient(assessment)),
		scoringv1.RegisterDecisionServiceHandlerClient(ctx, mux, scoringv1.NewDecisionServiceClient(scoring)),
		scoringv1.RegisterCalibrationServiceHandlerClient(ctx, mux, scoringv1.NewCalibrationServiceClient(scoring)),
		scoringv1.RegisterDistributionServiceHandlerClient(ctx, mux, scoringv1.NewDistributionServiceClient(scoring)),
		scoringv1.RegisterAllowanceServiceHandlerClient(ctx, mux, scoringv1.NewAllowanceServiceClient(scoring)),
		scoringv1.RegisterCreditServiceHandlerClient(ctx, mux, scoringv1.NewCreditServiceClient(scoring)),
		scoringv1.RegisterOperationServiceHandlerClient(ctx, mux, scoringv1.NewOperationServiceClient(scoring)),
		scoringv1.RegisterRecomputeServiceHandlerClient(ctx, mux, scoringv1.NewRecomputeServiceClient(scoring)),
		scoringv1.RegisterRulePackServiceHandlerClient(ctx, mux, scoringv1.NewRulePackServiceClient(scoring)),
		scoringv1.RegisterRulePackDraftServiceHandlerClient(ctx, mux, scoringv1.NewRulePackDraftServiceClient(scoring)),
		scoringv1.RegisterScoreServiceHandlerClient(ctx, mux, scoringv1.NewScoreServiceClient(scoring)),
		scoringv1.RegisterSurveySampleServiceHandlerClient(ctx, mux, scoringv1.NewSurveySampleServiceClient(scoring)),
		// After ScoreService: of two patterns that a path fits, the mux takes the one that it learnt last, and GetScore's fits
		// scores/*:compare too.
		scoringv1.RegisterScoreHistoryServiceHandlerClient(ctx, mux, scoringv1.NewScoreHistoryServiceClient(scoring)),
		// After the scores: the mux takes the last pattern that fits, and .../scores/{person} fits .../scores/{person}:explain.
		scoringv1.RegisterExplanationServiceHandlerClient(ctx, mux, scoringv1.NewExplanationServiceClient(scoring)),
		reportingv1.RegisterReportServiceHandlerClient(ctx, mux, reportingv1.NewReportServiceClient(reporting)),
	)
}
