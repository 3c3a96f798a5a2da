package gateway_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kinerja-suite/kinerja/gateway"
	"github.com/kinerja-suite/kinerja/services/kit/config"
)

func TestConfig(t *testing.T) {
	t.Parallel()
	err := config.Check(&gateway.Config{})
	if err != nil {
		t.Error(err)
	}
	var loaded gateway.Config
	err = config.Load(&loaded, config.Sources{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(gateway.Defaults(), loaded); diff != "" {
		t.Errorf("the defaults differ from the tags (-code +tags):\n%s", diff)
	}
}
