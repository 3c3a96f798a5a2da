package rpc

import (
	"errors"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
	"github.com/kinerja-suite/kinerja/services/reporting/internal/app"
)

// reasons says which fault an error of a use case is; its metadata names the resource.
var reasons = map[error]fault.Reason{
	app.ErrNotFound: fault.ReasonNotFound,
}

// toFault returns the fault of an error of a use case about the resource. An error that the table does not know stays as
// it is, which the server answers as a defect unless it is a fault already.
func toFault(err error, resource string) error {
	for known, reason := range reasons {
		if errors.Is(err, known) {
			return fault.New(reason, "resource", resource).Because(err)
		}
	}
	return err
}
