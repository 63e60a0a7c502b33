package journal

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// Records are all that the journal was told, whether or not it could be written.
func (j *Journal) Records() []Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.all)
}

// MaxLine bounds a line of the journal, in bytes.
const MaxLine = 1 << 20

// Read reads a journal's records. A line that is no record is passed over: a crash may have cut the last one off.
func Read(d disk.Reader, dir string) ([]Record, error) {
	file, info, err := disk.WithInfo(computer.OpenOwn(d, dir, FileName))
	if err != nil {
		return nil, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	var rs []Record
	sc := bufio.NewScanner(io.NewSectionReader(file, 0, info.Size))
	sc.Buffer(nil, MaxLine)
	for sc.Scan() {
		var r Record
		if json.Unmarshal(sc.Bytes(), &r) == nil {
			rs = append(rs, r)
		}
	}
	return rs, sc.Err()
}
