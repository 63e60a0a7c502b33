package logscan

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

// benchLine is a usual line of a verbose log.
const benchLine = "MSI (s) (0C:50) [13:14:37:045]: Component: {F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}; Installed: Absent; Request: Local; Action: Null\r\n"

// benchLog makes a log of the size given in mode m, its warning at the start, at the end or nowhere.
func benchLog(size int, m mode, match string) []byte {
	line := encodeAs(benchLine, m)
	data := append(bytes.Repeat(line, size/len(line)), line[:size%len(line)&^1]...)
	warning := encodeAs(fragments[0]+"\r\n", m)
	switch match {
	case "start":
		copy(data[len(line):], warning)
	case "end":
		copy(data[(len(data)-2*len(warning))&^1:], warning)
	}
	if m.wide {
		copy(data, encodeAs("\uFEFF", m))
	}
	return data
}

func BenchmarkScan(b *testing.B) {
	for _, size := range []int{1 << 20, 100 << 20} {
		for i, m := range modes {
			for _, match := range []string{"start", "end", "none"} {
				b.Run(fmt.Sprintf("%dMB/%s/%s", size>>20, []string{"UTF-8", "UTF-16LE", "UTF-16BE"}[i], match),
					func(b *testing.B) {
						benchScan(b, benchLog(size, m, match))
					})
			}
		}
	}
}

// BenchmarkScanGB needs a gigabyte of memory: select it by its name.
func BenchmarkScanGB(b *testing.B) {
	for i, m := range modes {
		b.Run([]string{"UTF-8", "UTF-16LE", "UTF-16BE"}[i],
			func(b *testing.B) { benchScan(b, benchLog(1<<30, m, "end")) })
	}
	b.Run("read", func(b *testing.B) {
		data := benchLog(1<<30, narrow, "none")
		piece := make([]byte, chunkSize)
		for b.Loop() {
			for at := int64(0); at < int64(len(data)); at += chunkSize {
				if _, err := bytes.NewReader(data).ReadAt(piece, at); err != nil && err != io.EOF {
					b.Fatal(err)
				}
			}
		}
	})
}

func benchScan(b *testing.B, data []byte) {
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ScanPatch(b.Context(), bytes.NewReader(data), int64(len(data)),
			PatchOptions{Windows: windows}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFollow is one look at a set-up log that has grown by a line.
func BenchmarkFollow(b *testing.B) {
	line := []byte("0AB0\t0974\t08/04\t13:16:29.206\t18\tmtffile.cpp(1372)\t[0000000053582120]\t1FCFF8B4\t\tWARNING\tFailed: Hr: = [0x8000ffff]\r\n")
	last := []byte("0AB0\t0974\t08/04\t13:16:30.206\t18\tlaunch.cpp(72)\t[0000000053582120]\t1FCFF8B4\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4c\r\n")
	for _, size := range []int{1 << 20, 100 << 20} {
		old := bytes.Repeat(line, size/len(line))
		data := slices.Concat(old, last)
		b.Run(fmt.Sprintf("%dMB", size>>20), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				l, err := ScanSetup(b.Context(), bytes.NewReader(data), int64(len(data)),
					SetupOptions{Written: time.Now(), Since: int64(len(old))})
				if err != nil || len(l.Folders) != 1 {
					b.Fatal(l, err)
				}
			}
		})
	}
}

// BenchmarkScanMatches is a log of nothing but warnings.
func BenchmarkScanMatches(b *testing.B) {
	for i, m := range modes {
		b.Run([]string{"UTF-8", "UTF-16LE", "UTF-16BE"}[i], func(b *testing.B) {
			benchScan(b, bytes.Repeat(encodeAs(fragments[0]+"\r\n", m), 50_000))
		})
	}
}

// BenchmarkHostile is a line that somebody made of needles, or nearly.
func BenchmarkHostile(b *testing.B) {
	for name, text := range map[string]string{
		"folders": "0AB0\t0974\t08/04\t13:16:29.206\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4c",
		"names":   `Directory Path for SetupLaunchScreen: C:` + strings.Repeat(`\a`, 100),
		"words":   "Directory Path for SetupLaunchScreen",
	} {
		b.Run(name, func(b *testing.B) {
			data := bytes.Repeat([]byte(text), 1<<20/len(text))
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ScanSetup(b.Context(), bytes.NewReader(data), int64(len(data)),
					SetupOptions{Written: time.Now(), Since: -1}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
