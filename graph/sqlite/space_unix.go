//go:build linux || darwin || freebsd

package sqlite

import (
	"fmt"
	"syscall"

	"github.com/entente-kg/entente/graph"
)

// leastSpace is the room on the disk below which a store is as good as full: a
// large batch with its write-ahead log.
const leastSpace = 256 << 20

func checkSpace(folder string) []graph.Finding {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(folder, &fs); err != nil {
		return []graph.Finding{{Check: "space", Fault: true, Message: fmt.Sprintf("the room on the disk of %s cannot be told: %v", folder, err)}}
	}
	free := uint64(fs.Bavail) * uint64(fs.Bsize)
	return []graph.Finding{{Check: "space", Fault: free < leastSpace, Message: fmt.Sprintf("%d MB are left on the disk", free>>20)}}
}
