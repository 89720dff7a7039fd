package graph

import "testing"

func TestSkeletonsOfOneName(t *testing.T) {
	for _, names := range [][]string{
		{"sergei", "sergey", "serguei"}, {"mohammed", "muhammad", "mohamed"}, {"shcherbakov", "scherbakov"}, {"zhirinovskiy", "zhirinovsky", "zhirinovskij"},
		{"khamenei", "hamenei"}, {"qaddafi", "kadafi"}, {"wang", "vang"}, {"łukasz", "lukasz"},
	} {
		for _, name := range names[1:] {
			if skeleton(name) != skeleton(names[0]) {
				t.Errorf("%s is %q, %s is %q", names[0], skeleton(names[0]), name, skeleton(name))
			}
		}
	}
	for _, names := range [][2]string{{"maria", "mario"}, {"kim", "kam"}, {"ivan", "evan"}, {"novak", "nowicki"}, {"lavrov", "lavrova"}} {
		if skeleton(names[0]) == skeleton(names[1]) {
			t.Errorf("%s and %s are both %q", names[0], names[1], skeleton(names[0]))
		}
	}
}
