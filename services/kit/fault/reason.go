package fault

// Reason says why a call was refused. Each is a value of kinerja.common.v1.ErrorReason without its prefix, which
// documents it.
type Reason string

// The reasons of the contract, in the order of the enum.
const (
	ReasonInvalidArgument       Reason = "INVALID_ARGUMENT"
	ReasonUnknownField          Reason = "UNKNOWN_FIELD"
	ReasonMalformedJSON         Reason = "MALFORMED_JSON"
	ReasonInvalidName           Reason = "INVALID_NAME"
	ReasonInvalidPageToken      Reason = "INVALID_PAGE_TOKEN"
	ReasonInvalidNIP            Reason = "INVALID_NIP"
	ReasonInvalidNIPPPK         Reason = "INVALID_NI_PPPK"
	ReasonIndicatorUnitRequired Reason = "INDICATOR_UNIT_REQUIRED"
	ReasonInvalidTarget         Reason = "INVALID_TARGET"
	ReasonInvalidDecimal        Reason = "INVALID_DECIMAL"
	ReasonInvalidDate           Reason = "INVALID_DATE"
	ReasonReferenceNotFound     Reason = "REFERENCE_NOT_FOUND"
	ReasonUnknownRegion         Reason = "UNKNOWN_REGION"
	ReasonFeedbackRequired      Reason = "FEEDBACK_REQUIRED"
	ReasonSurveyAnswersInvalid  Reason = "SURVEY_ANSWERS_INVALID"
	ReasonUnauthenticated       Reason = "UNAUTHENTICATED"
	ReasonPermissionDenied      Reason = "PERMISSION_DENIED"
	ReasonNotSuperior           Reason = "NOT_SUPERIOR"
	ReasonNotFound              Reason = "NOT_FOUND"
	ReasonAlreadyExists         Reason = "ALREADY_EXISTS"
	ReasonNIPInUse              Reason = "NIP_IN_USE"
	ReasonPlanExists            Reason = "PLAN_EXISTS"
	ReasonAssignmentOverlap     Reason = "ASSIGNMENT_OVERLAP"
	ReasonPeerReviewExists      Reason = "PEER_REVIEW_EXISTS"
	ReasonETagMismatch          Reason = "ETAG_MISMATCH"
	ReasonRequestIDReused       Reason = "REQUEST_ID_REUSED"
	ReasonPlanState             Reason = "PLAN_STATE"
	ReasonPlanNotApproved       Reason = "PLAN_NOT_APPROVED"
	ReasonPeriodClosed          Reason = "PERIOD_CLOSED"
	ReasonSurveyClosed          Reason = "SURVEY_CLOSED"
	ReasonDeadlineRequired      Reason = "DEADLINE_REQUIRED"
	ReasonDeadlineExceeded      Reason = "DEADLINE_EXCEEDED"
	ReasonCanceled              Reason = "CANCELED"
	ReasonResourceExhausted     Reason = "RESOURCE_EXHAUSTED"
	ReasonUnavailable           Reason = "UNAVAILABLE"
	ReasonInternal              Reason = "INTERNAL"
	ReasonUnknownMethod         Reason = "UNKNOWN_METHOD"
	ReasonRulePackUnknown       Reason = "RULE_PACK_UNKNOWN"
	ReasonNoAssignment          Reason = "NO_ASSIGNMENT"
	ReasonPlanIncomplete        Reason = "PLAN_INCOMPLETE"
)
