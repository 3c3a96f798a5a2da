package page

import (
	"strconv"

	"github.com/kinerja-suite/kinerja/services/kit/fault"
)

const (
	// DefaultSize is the size of a page when the caller does not say.
	DefaultSize = 50
	// MaxSize is the size of the largest page; more is coerced to it.
	MaxSize = 200
)

// Size returns the rows of a page when the caller asked for n: DefaultSize for 0, at most MaxSize. A negative n is an
// INVALID_ARGUMENT fault of field page_size.
func Size(n int32) (int, error) {
	if n < 0 {
		v := fault.Field("page_size", fault.ReasonInvalidArgument, "value", strconv.Itoa(int(n)))
		return 0, fault.Invalid(v.Worded("The page size must not be negative.",
			"Ukuran halaman (page_size) tidak boleh negatif. Isi dengan 0 sampai "+strconv.Itoa(MaxSize)+"."))
	}
	if n == 0 {
		return DefaultSize, nil
	}
	return min(int(n), MaxSize), nil
}
