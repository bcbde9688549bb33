log_in() { curl -s http://127.0.0.1:8080/token -d grant_type=password -d username=$1 --data-urlencode "password=$2" | sed 's/.*"access_token":"\([^"]*\)".*/\1/'; }
alice="Authorization: Bearer $(log_in alice "$ALICE_PASSWORD")"
bob="Authorization: Bearer $(log_in bob "$BOB_PASSWORD")"
curl -i http://127.0.0.1:8080/health
curl -i http://127.0.0.1:8080/me                           # 401: who are you?
curl -i http://127.0.0.1:8080/me -H "$bob"
curl -i http://127.0.0.1:8080/users/bob -H "$bob"
curl -i http://127.0.0.1:8080/users/alice -H "$bob"        # 403: not himself
curl -i http://127.0.0.1:8080/reports -H "$alice"
curl -i http://127.0.0.1:8080/users -H "$alice" -H 'Content-Type: application/json' -d '{"username":"carol","email":"carol@example.com","age":33}'
curl -i http://127.0.0.1:8080/users -H "$alice" -H 'Content-Type: application/json' -d '{"username":"x","email":"no","age":200}'   # 422
curl -i -X DELETE http://127.0.0.1:8080/users/carol -H "$alice"
