//! Forms of import: a file is chosen, its columns are matched, it comes in.

use super::scene::Scene;
use waymark_testkit::TestApp;

const LIST: &[u8] = b"title,problem\nBlood bottles,They run out.\n";

/// A form of this room: Fay brings something in at Riverside, Ivo at Hillside.
pub async fn scene(app: &TestApp, name: &str) -> Scene {
    let mut upload = start(app, ("fay", "ward4")).await;
    if name == "Import" {
        return upload;
    }
    let mine = staged(&mut upload).await;
    let theirs = staged(&mut start(app, ("ivo", "ward1")).await).await;
    let scene = Scene { client: upload.client, ..Scene::by(app, "fay", "/import").await };
    match name {
        "ImportFile" => {
            let scene = Scene { page: mine.clone(), to: mine, ..scene };
            scene.with([("do", "all")]).not(theirs)
        }
        "ImportColumns" => {
            let columns = format!("{mine}/columns");
            Scene { page: columns.clone(), to: columns, ..scene }.not(format!("{theirs}/columns"))
        }
        other => panic!("{other} is a form of import without a scene: give it one here"),
    }
}

async fn start(app: &TestApp, (who, place): (&str, &str)) -> Scene {
    let node = app.world.nodes[place].to_string();
    let scene = Scene::by(app, who, "/import").await.with([("kind", "ideas"), ("node", &node)]);
    Scene { file: Some(("list.csv".to_owned(), LIST.to_vec())), ..scene }
}

/// The address of a file that has been read.
async fn staged(upload: &mut Scene) -> String {
    let fields = upload.fields().await;
    let taken = upload.send(&upload.filled(&fields)).await;
    let columns = taken.location().unwrap_or_else(|| panic!("{}", taken.text()));
    columns.strip_suffix("/columns").expect("the columns come next").to_owned()
}
