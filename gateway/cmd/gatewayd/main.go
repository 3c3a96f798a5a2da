// Command gatewayd serves the HTTP edge of a split deployment. See its README, or run it with -h.
package main

import (
	"os"

	"github.com/kinerja-suite/kinerja/gateway/internal/process"
)

func main() { os.Exit(process.Main()) }
