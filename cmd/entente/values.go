package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/entente-kg/entente/graph"
	"github.com/entente-kg/entente/ingest"
)

// publicationDate is a date as a flag.
type publicationDate graph.Date

// UnmarshalText implements [encoding.TextUnmarshaler].
func (d *publicationDate) UnmarshalText(b []byte) error {
	date, err := ingest.ParsePublished(string(b))
	if err != nil {
		return fmt.Errorf("%w: %s", err, graph.HintOf(err))
	}
	*d = publicationDate(date)
	return nil
}

// byteSize is a number of bytes as a flag: 65536, 64KiB, 10MiB, 1GiB.
type byteSize int64

// UnmarshalText implements [encoding.TextUnmarshaler].
func (s *byteSize) UnmarshalText(b []byte) error {
	digits := strings.TrimRight(string(b), "KMGiB")
	unit, known := map[string]int64{"": 1, "B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}[string(b[len(digits):])]
	n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	if err != nil || !known || n <= 0 || n > math.MaxInt64/unit {
		return fmt.Errorf("%q is not a size: write a number of bytes, or 64KiB, 10MiB, 1GiB", b)
	}
	*s = byteSize(n * unit)
	return nil
}
